using System.Text.Json;
using Tessera.Host.Errors;

namespace Tessera.Integration;

/// <summary>Whether a reply is a problem as the contract says: code of the list, its status, a trace id and words.</summary>
internal static class ProblemAssert
{
    public static async Task IsAsync(int status, string code, HttpResponseMessage reply)
    {
        var body = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)reply.StatusCode, $"{(int)reply.StatusCode}: {body}");
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Contains(ErrorCode.All, known => known.Code == code && known.Status == status);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }
}
