using System.Net;

namespace Tessera.Integration.Documents;

public sealed class TenantWallTests(HostFixture host)
{
    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/content")]
    [InlineData("GET", "/content?format=text")]
    [InlineData("GET", "/chunks")]
    [InlineData("POST", "/retry")]
    public async Task Id_of_another_tenant_looks_like_none(string method, string door)
    {
        var owner = await Bench.OnAsync(host);
        var stranger = await Bench.OnAsync(host);
        var id = await owner.Http.AddAsync("for nobody else", "private.txt");
        await owner.Http.SearchableAsync(id);
        using var foreign = await SendAsync(stranger, method, $"/api/v1/documents/{id}{door}");
        using var absent = await SendAsync(stranger, method, $"/api/v1/documents/{Guid.NewGuid()}{door}");
        await foreign.ExpectProblemAsync(404, "not-found");
        await absent.ExpectProblemAsync(404, "not-found");
        Assert.Equal(0, (await stranger.Http.GetJsonAsync(DocumentCalls.Route)).GetProperty("items").GetArrayLength());
        await owner.Http.SearchableAsync(id);
    }

    [Fact]
    public async Task Same_name_and_bytes_in_another_tenant_are_another_document()
    {
        var one = await Bench.OnAsync(host);
        var other = await Bench.OnAsync(host);
        var id = await one.Http.AddAsync("the same words", "same.txt");
        Assert.NotEqual(id, await other.Http.AddAsync("the same words", "same.txt"));
    }

    [Fact]
    public async Task Reader_may_look_but_not_change()
    {
        var bench = await Bench.OnAsync(host);
        var id = await bench.Http.AddAsync("words", "words.txt");
        var reader = await host.AddCallerAsync(bench.Caller.Tenant, Host.Identity.TenantRole.Reader);
        await reader.Http.SearchableAsync(id);
        using var upload = await reader.Http.UploadAsync("words"u8.ToArray(), "other.txt");
        Assert.Equal(HttpStatusCode.Forbidden, upload.StatusCode);
        using var delete = await reader.Http.DeleteAsync($"/api/v1/documents/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, delete.StatusCode);
    }

    private static Task<HttpResponseMessage> SendAsync(Bench bench, string method, string path) =>
        bench.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken);
}
