using CsCheck;
using Microsoft.Extensions.AI;
using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;
using static Tessera.Unit.Rag.Answers.FakeStore;

namespace Tessera.Unit.Rag.Answers.Chat;

/// <summary>Whatever a model says: the stream keeps its contract, and every citation is the source's own characters.</summary>
public sealed class AnyReplyTests
{
    private const string Source = "Insulin pens\nKeep \"unused\" pens cool. Do not freeze! A pen | in use — “now” — is kept below 30 °C;\n\n1. for 28 days… 😀 End.";

    private static readonly string[] Parts =
    [
        "It", " is", " so.", " No", " answer", ".", "!", "\n", "\n\n", " - ", "1. ", " (", ")", "“", "”", "3.", "5", " a | b", " e.g.", "…", " ", "", "😀",
    ];

    private static readonly Gen<AIContent> Content = Gen.OneOf(
        Gen.Int[0, Parts.Length - 1].Select(AIContent (part) => new TextContent(Parts[part])),
        Gen.Select(Gen.Int[0, Source.Length - 1], Gen.Int[1, 40]).Select(
            AIContent (start, length) => FakeChat.Quote(Source[start..Math.Min(start + length, Source.Length)], 0, start)),
        Gen.Select(Gen.Int[-1, 1], Gen.Int[-1, Source.Length]).Select(AIContent (source, start) => FakeChat.Quote("Keep it", source, start)),
        Gen.Int[0, Parts.Length - 1].Select(AIContent (part) => FakeChat.Unfound(Parts[part] + "x.")));

    [Fact]
    public Task Stream_keeps_its_contract() => Gen.Select(Content.Array[0, 40], Gen.Bool, Gen.Bool, Gen.Bool).SampleAsync(async (contents, holds, cut, strict) =>
    {
        var profile = Profile with { Release = holds ? AnswerRelease.AfterChecks : AnswerRelease.Streaming };
        var chat = new FakeChat(contents) { Finish = cut ? ChatFinishReason.Length : ChatFinishReason.Stop };
        var workspace = chat.In(Workspace(new FakeStore(Chunk(Source, start: 7)), profile, strict ? [new Even()] : []));
        var events = await new AnswerPipeline(new Retriever(), TimeProvider.System)
            .AnswerAsync(workspace, new Question("unused insulin pens"), CancellationToken.None).ToListAsync();
        AnswerContract.Check(events);
        Assert.Equal(1, chat.GivenBack);
        if (events[^1] is AnswerEvent.Completed { Answer: var answer })
        {
            Assert.All(answer.Citations, citation => Assert.Equal(Source[(citation.Start - 7)..(citation.End - 7)], citation.Quote));
        }
    });

    private sealed class Even : IAnswerCheck
    {
        public ValueTask<Verdict> CheckAsync(AnswerSentence sentence, IReadOnlyList<Citation> citations, CancellationToken cancellationToken) =>
            new(sentence.Text.Length % 2 == 0 ? Verdict.Pass : new Verdict(false, "It is odd."));
    }
}
