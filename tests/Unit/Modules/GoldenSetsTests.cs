using System.Text.Json;
using Tessera.Inference.Static;
using Tessera.Modules.Code;
using Tessera.Modules.Legal;
using Tessera.Modules.Medical;
using Tessera.Rag.Evaluation;
using Tessera.Rag;
using Tessera.Sdk;
using Tessera.Unit.Reader;

namespace Tessera.Unit.Modules;

/// <summary>The built-in domains answer what they promise, by the whole road: reader, chunker, search, answer.</summary>
public sealed class GoldenSetsTests(ReaderBench bench) : IClassFixture<ReaderBench>
{
    private static readonly Dictionary<string, string[]> SampleAnswers = new()
    {
        ["code"] = ["120 calls in a minute", "waits two seconds", "tax law asks for ten years of records"],
        ["legal"] = ["90 days' written notice", "150 % of the Fees", "other health professionals"],
        ["medical"] = ["180/120 mmHg", "room temperature below 30 °C", "104 completed the study"],
    };

    [Theory]
    [InlineData("code")]
    [InlineData("legal")]
    [InlineData("medical")]
    public async Task Golden_set_passes(string domain)
    {
        var outcome = await GoldenSet.Read(Path.Combine(Root(), "src", "Modules", Module(domain).Profile.Name, "golden"))
            .RunAsync(Roles(domain), bench.Pool, bench.NewFolder(), TestContext.Current.CancellationToken);
        Assert.Empty(outcome.Failures);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("legal")]
    [InlineData("medical")]
    public async Task Sample_questions_are_answered_from_the_samples(string domain)
    {
        var folder = bench.NewFolder();
        var documents = Directory.CreateDirectory(Path.Combine(folder, "documents")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "samples", domain)))
        {
            File.Copy(file, Path.Combine(documents, Path.GetFileName(file)));
        }

        var questions = Module(domain).Profile.SampleQuestions.Zip(SampleAnswers[domain], (question, expect) => (question, expect)).ToList();
        Assert.Equal(3, questions.Count);
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "questions.jsonl"), questions.Select(x => JsonSerializer.Serialize(new { x.question, document = Holder(documents, x.expect), x.expect })), TestContext.Current.CancellationToken);
        var outcome = await GoldenSet.Read(folder)
            .RunAsync(Roles(domain), bench.Pool, bench.NewFolder(), TestContext.Current.CancellationToken);
        Assert.Empty(outcome.Failures);
    }

    private static DomainRoles Roles(string domain) =>
        DomainRoles.Of(Module(domain), DomainModels.Read(Path.Combine(Root(), "src", "Modules", Module(domain).Profile.Name), Module(domain).Profile, StaticEmbedder.Load));

    private static string Holder(string folder, string words) =>
        Path.GetFileName(Directory.EnumerateFiles(folder).First(x => File.ReadAllText(x).Contains(words, StringComparison.Ordinal)));

    private static DomainModule Module(string domain) => domain switch
    {
        "code" => new CodeModule(),
        "legal" => new LegalModule(),
        _ => new MedicalModule(),
    };

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No solution is above the tests.");
        }

        return folder.FullName;
    }
}
