using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tessera.Host.Plugins;
using Tessera.Host.Plugins.Packages;
using Tessera.Rag;
using Tessera.Rag.Ingestion;

namespace Tessera.Integration.Plugins;

/// <summary>Code that misbehaves over its own test questions is refused like code that answers wrong.</summary>
public sealed class PluginGoldenTests(PluginBench bench) : IClassFixture<PluginBench>
{
    [Fact]
    public async Task Domain_that_throws_is_refused_with_what_it_threw()
    {
        var refused = await RefusedAsync(new FakeTimeProvider(), (_, _) => throw new NotSupportedException("no lists of three"));
        Assert.Contains("NotSupportedException: no lists of three", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domain_that_hangs_is_refused_when_patience_ends()
    {
        var time = new FakeTimeProvider();
        var refused = await RefusedAsync(time, (_, cancellationToken) =>
        {
            time.Advance(PluginGolden.Patience);
            return Task.Delay(Timeout.Infinite, cancellationToken);
        });
        Assert.Contains("longer than 5 minutes", refused.Reason, StringComparison.Ordinal);
    }

    private async Task<PackageRefusal> RefusedAsync(TimeProvider time, Func<Sdk.SourceDocument, CancellationToken, Task> before)
    {
        var services = bench.Host.Services;
        var verdict = services.GetRequiredService<PackageVerifier>().Verify(bench.Publisher.Package());
        var package = Assert.IsType<PackageVerdict.Verified>(verdict).Package;
        var roles = DomainRoles.Of(new Documents.TestDomain { Before = before });
        var golden = new PluginGolden(services.GetRequiredService<IDocumentReader>(), bench.Host.Options, time);
        var refused = await Assert.ThrowsAsync<PackageRefusedException>(() => golden.RequireAsync(
            package, new LoadedPlugin(package.Manifest, roles, package.Sha256, package.Publisher.KeyId, Bundled: false), TestContext.Current.CancellationToken));
        Assert.Equal("golden-set-failed", refused.Refusal.Code);
        return refused.Refusal;
    }
}
