using Tessera.Rag;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Evaluation;

public sealed class GoldenSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("golden-").FullName;

    public GoldenSetTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "documents"));
        File.WriteAllText(Path.Combine(_folder, "documents", "pens.txt"), "Unused pens are kept in the refrigerator.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"question": "Where?", "expect": "here"}""", "line 2")]
    [InlineData("""{"question": "Where?", "document": "pens.txt"}""", "line 2")]
    [InlineData("""{"question": "Where?", "document": "other.txt", "expect": "here"}""", "line 2")]
    [InlineData("""{"question": "", "refuse": true}""", "line 2")]
    [InlineData("""{"question": "Where?", "refuse": true, "expect": "here"}""", "line 2")]
    [InlineData("""{"question": "Where?", "refuze": true}""", "line 2")]
    [InlineData("{", "line 2")]
    [InlineData("null", "line 2")]
    public void Broken_case_is_named_by_its_line(string line, string words)
    {
        Write("""{"question": "Where are unused pens kept?", "document": "pens.txt", "expect": "refrigerator"}""", line);
        Assert.Contains(words, Assert.Throws<EvaluationDataException>(() => GoldenSet.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_named()
    {
        Assert.Contains("questions.jsonl", Assert.Throws<EvaluationDataException>(() => GoldenSet.Read(_folder)).Message, StringComparison.Ordinal);
        Write("");
        Directory.Delete(Path.Combine(_folder, "documents"), recursive: true);
        Assert.Contains("documents", Assert.Throws<EvaluationDataException>(() => GoldenSet.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_name_the_question_and_what_came_instead()
    {
        Write(
            """{"question": "Where are unused pens kept?", "document": "pens.txt", "expect": "in the\n REFRIGERATOR"}""",
            """{"question": "Where are the unused pens?", "document": "pens.txt", "expect": "cellar"}""",
            """{"question": "What is the capital of Mongolia?", "document": "pens.txt", "expect": "Ulan Bator"}""",
            """{"question": "What of unused pens?", "refuse": true}""",
            """{"question": "Which king of France was bald?", "refuse": true}""");
        var outcome = await RunAsync(new FakeReader("Unused pens are kept in the refrigerator."));
        Assert.Equal((2, 5), (outcome.Passed, outcome.Total));
        Assert.Equal(
            [
                "'Where are the unused pens?': no quote of 'pens.txt' holds 'cellar'.",
                "'What is the capital of Mongolia?': refused, where 'Ulan Bator' was expected.",
                "'What of unused pens?': answered, where a refusal was expected.",
            ],
            outcome.Failures);
    }

    [Fact]
    public async Task Document_that_cannot_be_read_is_named()
    {
        Write("""{"question": "Where are unused pens kept?", "document": "pens.txt", "expect": "refrigerator"}""");
        var broken = await Assert.ThrowsAsync<EvaluationDataException>(() => RunAsync(new FakeReader(null)));
        Assert.Contains("'pens.txt' cannot be read: It is broken.", broken.Message, StringComparison.Ordinal);
    }

    private async Task<GoldenOutcome> RunAsync(IDocumentReader reader)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(_folder, "scratch")).FullName;
        return await GoldenSet.Read(_folder).RunAsync(
            DomainRoles.Of(new Tessera.Modules.Medical.MedicalModule()), reader, scratch, TestContext.Current.CancellationToken);
    }

    private void Write(params string[] lines) => File.WriteAllLines(Path.Combine(_folder, "questions.jsonl"), lines);

    private sealed class FakeReader(string? text) : IDocumentReader
    {
        public Task<ReadOutcome> ReadAsync(TenantId tenant, string path, string name, string entryFolder, CancellationToken cancellationToken) =>
            Task.FromResult<ReadOutcome>(text is null
                ? new ReadOutcome.Failed("broken", "It is broken.")
                : new ReadOutcome.Text([new Section(text, "", null, 0)], null));
    }
}
