using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Tessera.Rag;
using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;
using Tessera.Training.Data;
using Tessera.Training.Ranking;

namespace Tessera.Training.Answers;

/// <summary><c>answers</c>: learns which sentences answer, and when none does.</summary>
internal static class AnswersCommand
{
    private static readonly Option<string?> RankerFile = new("--ranker") { Description = "The domain's ranker.json; without one passages keep the order of their signals." };

    public static Command Create()
    {
        var command = new Command("answers", "Learns which sentences answer, and when none does, on questions that the models below never saw.")
        {
            TrainingOptions.Domain, TrainingOptions.Pairs, TrainingOptions.Wordings, RankerFile, TrainingOptions.Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (domain, target) = (parsed.GetRequiredValue(TrainingOptions.Domain), parsed.GetRequiredValue(TrainingOptions.Out));
        var wordings = Wordings.Read(parsed.GetValue(TrainingOptions.Wordings));
        var (lines, files) = (new List<TrainingLine>(), new List<TrainingInput>());
        foreach (var path in parsed.GetRequiredValue(TrainingOptions.Pairs))
        {
            var before = lines.Count;
            lines.AddRange(TrainingFile.Read(path));
            var hash = SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            files.Add(new TrainingInput(Path.GetFileName(path), lines.Count - before, Convert.ToHexStringLower(hash)));
        }

        var profile = new DomainProfile { Id = domain, Name = domain, Description = "Questions that were held back.", Analysis = TrainingOptions.AnalysisOf(domain) };
        var models = LowerModels.Learn(profile, [.. wordings.Apply(lines).Where(x => !IsHeldBack(x))], [], cancellationToken) with
        {
            Ranker = parsed.GetValue(RankerFile) is { } ranker ? Ranker.Read(await File.ReadAllBytesAsync(ranker, cancellationToken).ConfigureAwait(false)) : null,
            Answers = AnswerModel.Unweighed,
        };
        var world = AnswerWorld.Of(lines, wordings, IsHeldBack);
        var examples = await AnswerBench.RunAsync(world, DomainRoles.Of(new HeldBackDomain(profile), models), new TenthsOfQuestions(), cancellationToken).ConfigureAwait(false);
        var (file, auc) = AnswersTrainer.Fit(examples, cancellationToken);
        var card = new AnswersCard
        {
            Domain = domain,
            Answered = examples.Count(x => x.Case is { Guessed: false, Holder: not null }),
            Unanswered = examples.Count(x => x.Case is { Guessed: false, Holder: null }),
            Guessed = examples.Count(x => x.Case.Guessed),
            Auc = Math.Round(auc, 4),
            Sources = TrainingSource.Of(lines),
            Files = files,
        };
        await WholeFile.WriteAsync(target, JsonSerializer.SerializeToUtf8Bytes(file, AnswerModelFile.Format), cancellationToken).ConfigureAwait(false);
        await WholeFile.WriteAsync(target + ".card.json", card.ToBytes(), cancellationToken).ConfigureAwait(false);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{target}: {card.Answered} answered, {card.Unanswered} unanswered and {card.Guessed} guessed questions, AUC {auc:0.000}, refused below {file.Least:0.000}"));
        return 0;
    }

    // By documents, not by wordings as a ranker: what answers is weighed as it is where a wording is known, for what is learned is asked most.
    private static bool IsHeldBack(TrainingLine line) => HeldBack.Has(line.Title.Length > 0 ? line.Title : line.Question);
}
