using Tessera.Unit;

namespace Tessera.Integration.Documents;

/// <summary>Every real file of the shared collection, uploaded, ends as its manifest expects.</summary>
public sealed class ManifestEvaluation(HostFixture host)
{
    [Fact]
    public async Task Files_of_the_manifest_end_as_expected()
    {
        var bench = await Bench.OnAsync(host);
        var uploads = new List<(ManifestFile File, Guid Id)>();
        foreach (var file in ManifestFile.Read(SharedData.Require("files")))
        {
            uploads.Add((file, await bench.Http.AddAsync(file.Bytes, file.Name)));
        }

        var wrong = new List<string>();
        foreach (var (file, id) in uploads)
        {
            var document = await bench.Http.EndAsync(id);
            var text = document.GetProperty("status").GetString() == "Searchable" ? await bench.Http.TextAsync(id) : "";
            if (!file.IsExpected(document, text))
            {
                wrong.Add($"{file.Name} ({file.Expect}): {document.GetProperty("status")} {document.GetProperty("reasonCode")} {document.GetProperty("reason")}");
            }
        }

        Assert.NotEmpty(uploads);
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }
}
