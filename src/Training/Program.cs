using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Tessera.Rag.Evaluation;
using Tessera.Training.Adapting;
using Tessera.Training.Answers;
using Tessera.Training.Data;
using Tessera.Training.Embedding;
using Tessera.Training.Ranking;
using Tessera.Training.Translation;

// Learns a domain's small models. Exit 0: done; 1: failed, with the reason on the standard error; 2: not called right.
var root = new RootCommand("Learns a domain's small models from pairs and passages.");
root.Add(TranslationCommand.Create());
root.Add(RankerCommand.Create());
root.Add(EmbedderCommand.Create());
root.Add(AnswersCommand.Create());
root.Add(AdaptCommand.Create());
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await parsed.InvokeAsync();
    return 2;
}

try
{
    var started = Stopwatch.GetTimestamp();
    var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    using var own = Process.GetCurrentProcess();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s and {own.PeakWorkingSet64 >> 20} MB at most"));
    return code;
}
catch (Exception fault) when (fault is TrainingDataException or EvaluationDataException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 1;
}
