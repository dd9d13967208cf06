using System.Globalization;
using Npgsql;

namespace Tessera.Soak;

/// <summary>P6: a job may run twice at once, on two hosts, and either of them may die in it: its effect happens once.</summary>
public sealed class TwiceTests
{
    private const int Clients = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(Scale.Of(20, 2));

    // Whoever claims work first is told that it has it, and has no lease that others see: as a host that slept, or whose clock is wrong.
    private const string LoseFirstLeases = """
        CREATE FUNCTION lose_first_lease() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW."LeaseUntil" := 1; RETURN NEW; END $$;
        CREATE TRIGGER lose_first_lease BEFORE UPDATE ON work FOR EACH ROW
        WHEN (OLD."Attempts" = 0 AND NEW."Attempts" = 1) EXECUTE FUNCTION lose_first_lease();
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_that_two_hosts_do_at_once_have_their_effect_once_though_one_dies()
    {
        var count = Scale.Of(1000, 60);
        var shared = Directory.CreateTempSubdirectory("tessera-soak-shared-").FullName;
        try
        {
            await using var one = await SoakHost.CreateAsync(RowsKind.Postgres, ("TESSERA_BLOBS", shared));
            await one.RequireAsync();
            await using var other = one.Another();
            await other.RequireAsync();
            await using var rows = NpgsqlDataSource.Create(one.Owner!);
            await rows.ExecuteAsync(LoseFirstLeases);

            // All wait until all are there, so that both hosts are busy with them for long.
            var papers = Enumerable.Range(0, count).ToDictionary(paper => paper, _ => 1);
            await Parallel.ForEachAsync(papers.Keys, new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = Token }, async (paper, token) =>
                Assert.NotNull(await Papers.UploadAsync((paper % 2 == 0 ? one : other).Http, paper, 1, token)));
            using (var waiting = CancellationTokenSource.CreateLinkedTokenSource(Token))
            {
                waiting.CancelAfter(Limit);
                while (await rows.CountAsync("""SELECT count(*) FROM work""") > count / 2)
                {
                    await Task.Delay(20, waiting.Token);
                }
            }

            await other.KillAsync();
            await other.RequireAsync();
            var (documents, _) = await Papers.EndAsync(one.Http, Limit);

            var broken = await Papers.CheckAsync(one.Http, papers, papers);
            broken.AddRange(await Orphans.FindAsync(one, [.. documents.Select(x => x.GetProperty("id").GetGuid())]));
            var twice = await rows.CountAsync("""SELECT count(*) FROM jobs WHERE "Attempts" > 1""");
            foreach (var (sql, expected) in new[]
            {
                ("""SELECT count(*) FROM jobs WHERE "DocumentId" IN (SELECT "Id" FROM documents)""", count),
                ("""SELECT count(*) FROM jobs WHERE "State" = 'Done' AND "DocumentId" IN (SELECT "Id" FROM documents)""", count),
                ("SELECT count(*) FROM chunks.revision", count),
                ("SELECT count(DISTINCT document) FROM chunks.revision", count),
            })
            {
                if (await rows.CountAsync(sql) is var found && found != expected)
                {
                    broken.Add(string.Create(CultureInfo.InvariantCulture, $"{found} instead of {expected}: {sql}"));
                }
            }

            Scale.Print($"P6: {count} jobs on two hosts, {twice} ran twice, one host killed: {broken.Count} lost or doubled (bar: 0)");
            Assert.Empty(broken);
            Assert.True(twice > count / 6, "Hardly a job ran twice.");
        }
        finally
        {
            Directory.Delete(shared, recursive: true);
        }
    }
}

file static class Sql
{
    public static async Task ExecuteAsync(this NpgsqlDataSource rows, string sql)
    {
        await using var command = rows.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<long> CountAsync(this NpgsqlDataSource rows, string sql)
    {
        await using var command = rows.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
