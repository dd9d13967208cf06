namespace Tessera.Host.Portal;

/// <summary>A domain that the person may ask.</summary>
/// <param name="ShowSamples">The tenant has no documents of its own here yet, so the samples may speak.</param>
public sealed record AskableDomain(
    string Id, string Name, string Description, IReadOnlyList<string> SampleQuestions, bool IsCode, bool ShowSamples);
