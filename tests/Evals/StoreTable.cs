using System.Globalization;
using Npgsql;
using Tessera.Postgres;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Retrieval.Stores.Postgres;

namespace Tessera.Evals;

/// <summary>Each retrieval set's nDCG@10 in the embedded store and in one on a server, side by side.</summary>
internal static class StoreTable
{
    // What a server's store may lose.
    private const double Margin = .02;
    private const string Role = "tessera_evals";

    /// <summary>Prints a line a set; 1 where the store loses more than it may, 2 where there is no such store or set. Arguments name sets; none: all.</summary>
    public static async Task<int> PrintAsync(string store, string[] only)
    {
        if (store != "pgvector" || only.Except(RetrievalTable.Names).Any())
        {
            Console.Error.WriteLine($"The store is pgvector; the sets are {string.Join(", ", RetrievalTable.Names)}");
            return 2;
        }

        if (!PostgresServer.IsPrepared)
        {
            Console.WriteLine($"Skipped. {PostgresServer.Missing}");
            return 0;
        }

        var connection = await PrepareAsync();
        var failed = 0;
        Console.WriteLine("| set | ndcg10 embedded | ndcg10 pgvector | difference | bar | recall100 embedded | recall100 pgvector | ms p50 embedded | ms p50 pgvector | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var set in RetrievalTable.Names.Where(x => only.Length == 0 || only.Contains(x)))
        {
            using var reworded = set == RewordedSet.Name ? RewordedSet.Make() : null;
            var run = new RetrievalRun(reworded?.Folder ?? SharedFolder.Of(set), Domains.RolesOf(set));
            var embedded = (await RetrievalEvaluation.RunAsync(run, CancellationToken.None)).Scores;
            var served = (await RetrievalEvaluation.RunAsync(run with { Stores = () => new PostgresChunkStores(connection) }, CancellationToken.None)).Scores;
            var passed = served.Ndcg10 >= embedded.Ndcg10 - Margin;
            failed += passed ? 0 : 1;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {set} | {embedded.Ndcg10:0.0000} | {served.Ndcg10:0.0000} | {served.Ndcg10 - embedded.Ndcg10:+0.0000;-0.0000} | -{Margin:0.00} | {embedded.Recall100:0.000} | {served.Recall100:0.000} | {embedded.MsP50:0.00} | {served.MsP50:0.00} | {(passed ? "pass" : "FAIL")} |"));
        }

        return failed == 0 ? 0 : 1;
    }

    private static async Task<string> PrepareAsync()
    {
        var owner = await (await PostgresServer.SharedAsync()).AddDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(owner);
        await using var command = source.CreateCommand($"CREATE ROLE {Role} LOGIN");
        await command.ExecuteNonQueryAsync();
        await PostgresChunkStores.EnsureSchemaAsync(owner, Role, CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(owner) { Username = Role }.ConnectionString;
    }
}
