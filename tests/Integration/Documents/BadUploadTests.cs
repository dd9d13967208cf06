using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Tessera.Integration.Documents;

/// <summary>What is wrong is said, with the way out, and nothing is kept of it.</summary>
public sealed class BadUploadTests(HostFixture host)
{
    private static readonly byte[] Words = "some words"u8.ToArray();

    [Theory]
    [InlineData("../up.txt")]
    [InlineData("a/../../up.txt")]
    [InlineData("C:\\up.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("bell\u0007.txt")]
    [InlineData("nul\0.txt")]
    [InlineData("turned\u202etxt.exe")]
    [InlineData("   ")]
    public async Task Name_that_could_fool_somebody_is_refused(string name)
    {
        var bench = await Bench.OnAsync(host);
        using (var byField = await bench.Http.UploadAsync(Words, name))
        {
            await byField.ExpectProblemAsync(400, "invalid-request");
        }

        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Words);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileNameStar = name };
        form.Add(file);
        using var byFile = await bench.Http.PostAsync(DocumentCalls.Route, form, TestContext.Current.CancellationToken);
        await byFile.ExpectProblemAsync(400, "invalid-request");
        await ExpectNothingAsync(bench);
    }

    [Theory]
    [InlineData("date", "2024-02-30")]
    [InlineData("date", "30.01.2024")]
    [InlineData("date", "tomorrow")]
    [InlineData("folder", "a/../../b")]
    [InlineData("folder", "a\\b")]
    [InlineData("folder", "a\u0001b")]
    [InlineData("language", "english please")]
    [InlineData("tags", "a\nb")]
    [InlineData("colour", "red")]
    public async Task Field_that_is_not_taken_is_refused(string field, string value)
    {
        var bench = await Bench.OnAsync(host);
        using var reply = await bench.Http.UploadAsync(Words, "words.txt", (field, value));
        await reply.ExpectProblemAsync(400, "invalid-request");
        await ExpectNothingAsync(bench);
    }

    [Fact]
    public async Task Empty_file_is_refused()
    {
        var bench = await Bench.OnAsync(host);
        using var reply = await bench.Http.UploadAsync([], "empty.txt");
        await reply.ExpectProblemAsync(400, "invalid-request");
        await ExpectNothingAsync(bench);
    }

    [Fact]
    public async Task Unknown_domain_is_not_found_for_upload_and_list()
    {
        var bench = await Bench.OnAsync(host);
        using var upload = await bench.Http.PostAsync(
            "/api/v1/domains/astrology/documents", DocumentCalls.Form(Words, "words.txt"), TestContext.Current.CancellationToken);
        await upload.ExpectProblemAsync(404, "unknown-domain");
        using var list = await bench.Http.GetAsync("/api/v1/domains/astrology/documents", TestContext.Current.CancellationToken);
        await list.ExpectProblemAsync(404, "unknown-domain");
    }

    [Theory]
    [InlineData("application/json", "{}", 415, "unsupported-media-type")]
    [InlineData("multipart/form-data", "x", 415, "unsupported-media-type")]
    [InlineData("multipart/form-data; boundary=b", "", 400, "invalid-request")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\ncut o", 400, "invalid-request")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\na.txt\r\n--b--\r\n", 400, "invalid-request")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--\r\n", 400, "invalid-request")]
    public async Task Body_that_is_no_form_with_a_file_is_refused(string type, string body, int status, string code)
    {
        var bench = await Bench.OnAsync(host);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var reply = await bench.Http.PostAsync(DocumentCalls.Route, content, TestContext.Current.CancellationToken);
        await reply.ExpectProblemAsync(status, code);
        await ExpectNothingAsync(bench);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(70_000, false)]
    [InlineData(70_000, true)]
    public async Task File_over_the_limit_is_too_large(int over, bool withKey)
    {
        const int limit = 100_000;
        await using var small = await HostFixture.StartAsync(options => options with { UploadLimit = limit });
        var bench = await Bench.OnAsync(small);
        using var request = new HttpRequestMessage(HttpMethod.Post, DocumentCalls.Route) { Content = DocumentCalls.Form(new byte[limit + over], "large.txt") };
        if (withKey)
        {
            request.Headers.Add("Idempotency-Key", "once");
        }

        using var reply = await bench.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await reply.ExpectProblemAsync(413, "too-large");
        await ExpectNothingAsync(bench);
        var fits = await bench.Http.AddAsync(Encoding.UTF8.GetBytes(new string('x', limit)), "fits.txt");
        await bench.Http.SearchableAsync(fits);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(small.Options.ScratchFolder, "uploads")));
    }

    [Fact]
    public async Task Idempotency_key_takes_an_upload_once()
    {
        var bench = await Bench.OnAsync(host);
        using var first = await SendAsync(bench, "some words");
        using var again = await SendAsync(bench, "some words");
        using var other = await SendAsync(bench, "other words");
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(
            await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await other.ExpectProblemAsync(422, "idempotency-mismatch");
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?cursor=none")]
    public async Task Page_that_is_not_one_is_refused(string query)
    {
        var bench = await Bench.OnAsync(host);
        using var reply = await bench.Http.GetAsync(DocumentCalls.Route + query, TestContext.Current.CancellationToken);
        await reply.ExpectProblemAsync(400, "invalid-request");
    }

    private static Task<HttpResponseMessage> SendAsync(Bench bench, string text)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, DocumentCalls.Route)
        {
            Content = DocumentCalls.Form(Encoding.UTF8.GetBytes(text), "words.txt"),
        };
        request.Headers.Add("Idempotency-Key", "the-same");
        return bench.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task ExpectNothingAsync(Bench bench)
    {
        Assert.Empty(bench.Blobs());
        Assert.Equal(0, (await bench.Http.GetJsonAsync(DocumentCalls.Route)).GetProperty("items").GetArrayLength());
    }
}
