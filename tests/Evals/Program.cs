using Tessera.Evals;

return args switch
{
    [] => await RetrievalTable.PrintAsync([]) | await AnswerTable.PrintAsync([]),
    ["retrieval", "--store", var store, .. var rest] => await StoreTable.PrintAsync(store, rest),
    ["retrieval", .. var rest] => await RetrievalTable.PrintAsync(rest),
    ["answers", .. var rest] => await AnswerTable.PrintAsync(rest),
    ["adaptation", .. var rest] => await AdaptationTable.PrintAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Say what to evaluate: retrieval, answers or adaptation, and which sets (legal/cuad …); nothing: all. retrieval --store pgvector compares a store with the embedded one.");
    return 2;
}
