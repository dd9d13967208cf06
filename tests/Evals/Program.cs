using Tessera.Evals;

return args switch
{
    ["retrieval", .. var rest] => await RetrievalTable.PrintAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Say what to evaluate: retrieval");
    return 2;
}
