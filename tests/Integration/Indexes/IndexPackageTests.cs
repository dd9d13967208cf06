using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Tessera.Host.Identity;
using Tessera.Host.Jobs;
using Tessera.Inference.Static;
using Tessera.Integration.Plugins;
using Tessera.Unit.Inference.Static;

namespace Tessera.Integration.Indexes;

/// <summary>The road of an embedder: package → verify → load → an index of its vectors.</summary>
public sealed class IndexPackageTests : IAsyncLifetime
{
    private const string Rent = "The monthly rent is payable on the first day of each month.";
    private const string Deposit = "The tenant pays a deposit before moving in.";
    private readonly PluginBench plugins = new();
    private IndexBench bench = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await plugins.InitializeAsync();
        bench = await AddTenantAsync();
    }

    public ValueTask DisposeAsync() => plugins.DisposeAsync();

    [Fact]
    public async Task Package_with_an_embedder_and_then_with_a_wider_one_take_each_others_place()
    {
        var (narrow, wide) = (Embedder(32), Embedder(64));
        await plugins.InstallAsync(plugins.Publisher.Embedding("1.0.0", null));
        var other = await AddTenantAsync();
        await EnableAsync(bench);
        await EnableAsync(other);
        await bench.AddAsync("lease.txt", Rent);
        await other.AddAsync("deposit.txt", Deposit);
        Assert.Equal([""], bench.KeysOnDisk());

        await plugins.InstallAsync(plugins.Publisher.Embedding("1.1.0", narrow));
        Assert.Equal(Rent, await bench.BestAsync("monthly rent"));
        await bench.ExpectActiveAsync(Hash(narrow));
        await other.ExpectActiveAsync(Hash(narrow));
        await bench.AddAsync("deposit.txt", Deposit);
        Assert.Equal([32 * 4, 32 * 4], VectorBytes(Hash(narrow)));
        Assert.Equal(Rent, await bench.BestAsync("monthly rent"));

        await plugins.InstallAsync(plugins.Publisher.Embedding("1.2.0", wide));
        await bench.ExpectActiveAsync(Hash(wide));
        await other.ExpectActiveAsync(Hash(wide));
        Assert.Equal([64 * 4, 64 * 4], VectorBytes(Hash(wide)));
        Assert.Equal(Rent, await bench.BestAsync("monthly rent"));
        Assert.Equal(Deposit, await bench.BestAsync("deposit moving"));
        Assert.Equal(Deposit, await other.BestAsync("deposit moving"));
        Assert.DoesNotContain(Rent, await other.FindAsync("monthly rent"));
        Assert.All(await bench.JobsAsync(JobKind.Reindex), job => Assert.Equal("Done", job.Text("state")));
        await bench.LetPreviousGoAsync();
        Assert.Equal([Hash(wide)], bench.KeysOnDisk());

        await plugins.StopAsync();
        await plugins.StartAsync();
        var later = bench.On(plugins.Host);
        Assert.Equal(Rent, await later.BestAsync("monthly rent"));
        Assert.Equal(2, (await later.JobsAsync(JobKind.Reindex)).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(700)]
    public async Task Package_with_a_damaged_embedder_is_refused_and_all_stays(int place)
    {
        await plugins.InstallAsync(plugins.Publisher.Embedding("1.0.0", null));
        await EnableAsync(bench);
        await bench.AddAsync("lease.txt", Rent);
        var damaged = Embedder(32);
        if (place < 0)
        {
            Array.Resize(ref damaged, damaged.Length - 100);
        }
        else
        {
            damaged[place] ^= 8;
        }

        using var reply = await plugins.SendAsync(plugins.Publisher.Embedding("1.1.0", damaged));
        await ProblemAssert.IsAsync(422, "package-refused", reply);
        var detail = await reply.Content.ReadAsStringAsync(Token);
        Assert.Contains("cannot-load", detail, StringComparison.Ordinal);
        Assert.Contains("legal-embedder", detail, StringComparison.Ordinal);
        Assert.Contains(place == 0 ? "is no static embedder" : place < 0 ? "bytes long" : "is damaged", detail, StringComparison.Ordinal);
        Assert.Equal("1.0.0", (await plugins.ViewAsync()).Text("version"));
        Assert.Equal(Rent, await bench.BestAsync("monthly rent"));
        Assert.Empty(await bench.JobsAsync(JobKind.Reindex));
    }

    private static byte[] Embedder(int dimensions) => StaticModelFile.Write(StaticModels.Make(dimensions, false, "rent", "deposit", "tenant", "monthly", "moving"));

    private static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private async Task<IndexBench> AddTenantAsync() => new(
        plugins.Host, await plugins.Host.AddCallerAsync(await plugins.Host.AddTenantAsync(), TenantRole.TenantAdministrator, isPlatformAdministrator: true), "legal");

    private static Task EnableAsync(IndexBench of) => of.Http.CallAsync(
        HttpMethod.Put, $"/api/v1/admin/tenants/{of.Caller.Tenant.Value}/domains/legal", new { enabled = true }, System.Net.HttpStatusCode.NoContent);

    private IReadOnlyList<long> VectorBytes(string key)
    {
        using var connection = new SqliteConnection($"Data Source={bench.FileOf(key)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT length(\"values\") FROM vector";
        using var reader = command.ExecuteReader();
        var lengths = new List<long>();
        while (reader.Read())
        {
            lengths.Add(reader.GetInt64(0));
        }

        return lengths;
    }
}
