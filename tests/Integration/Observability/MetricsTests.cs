using System.Net;
using System.Net.Http.Headers;
using Tessera.Host.Startup;

namespace Tessera.Integration.Observability;

public sealed class MetricsTests
{
    private const string Key = "nine-black-stones-upon-the-wet-moss";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_are_printed_for_their_key_alone_and_it_opens_nothing_else()
    {
        await using var host = await HostFixture.StartAsync(options => options with { MetricsKey = Key });
        using var client = host.Client(Key);
        using var reply = await client.GetAsync("/metrics", Token);
        Assert.Equal("text/plain", reply.Content.Headers.ContentType?.MediaType);
        var text = await reply.Content.ReadAsStringAsync(Token);
        Assert.Contains("# TYPE tessera_jobs_pending gauge", text, StringComparison.Ordinal);
        foreach (var path in (string[])["/api/v1/domains", "/api/v1/admin/plugins", "/api/v1/admin/jobs"])
        {
            using var refused = await client.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        foreach (var header in (AuthenticationHeaderValue?[])[null, new("Bearer", Key + "x"), new("Bearer", "x"), new("Basic", Key)])
        {
            using var other = host.Client();
            other.DefaultRequestHeaders.Authorization = header;
            using var refused = await other.GetAsync("/metrics", Token);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("short")]
    public async Task Metrics_key_that_is_weak_is_refused(string key) =>
        await Assert.ThrowsAsync<OptionsException>(() => HostFixture.StartAsync(options => options with { MetricsKey = key }));

    [Theory]
    [InlineData("collector:4317", "grpc")]
    [InlineData("http://user:secret@127.0.0.1:4317", "grpc")]
    [InlineData("http://127.0.0.1:4317", "carrier-pigeon")]
    public async Task Collector_that_cannot_be_spoken_to_is_refused(string address, string protocol) =>
        await Assert.ThrowsAsync<OptionsException>(() => HostFixture.StartAsync(options => options with { OtlpEndpoint = address, OtlpProtocol = protocol }));
}
