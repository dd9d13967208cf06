using System.Globalization;

namespace Tessera.Rag.Ingestion;

/// <summary>What a person is told when a file stopped its worker.</summary>
internal static class ReadFaults
{
    public static ReadOutcome.Failed Explain(string code, TimeSpan limit) => new(code, code switch
    {
        "timeout" => string.Create(
            CultureInfo.InvariantCulture,
            $"Reading took longer than {limit.TotalSeconds:0} seconds and was stopped. Upload a simpler copy of the file, or its parts."),
        "out-of-memory" => "Reading the file needs more memory than one file may have. Split it and upload its parts.",
        "too-deep" => "The file nests too deeply to be read. Save it anew with another program and upload that.",
        _ => "The file made the reader stop. Save it anew with another program and upload that.",
    });
}
