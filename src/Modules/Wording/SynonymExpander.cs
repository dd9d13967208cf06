using System.Globalization;
using System.Reflection;
using Tessera.Sdk;

namespace Tessera.Modules.Wording;

/// <summary>
/// Adds what a domain's documents say for what people ask, by the list <c>synonyms.txt</c> in the domain's assembly. A line is
/// <c>asked, asked too > said, said too</c>, or with <c>=</c> for both ways; a phrase is asked where its words stand side by side. <c>@ 0.1</c> says what
/// the words of the lines below count against 1 for the question's own; <c>#</c> begins a remark.
/// </summary>
internal sealed class SynonymExpander : IQueryExpander
{
    private readonly Dictionary<string, List<Wording>> _wordings = new(StringComparer.Ordinal);

    private SynonymExpander(TextReader list)
    {
        var weight = 0.0;
        while (list.ReadLine() is { } line)
        {
            if (line.StartsWith('@'))
            {
                weight = double.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
            }
            else if (!line.StartsWith('#'))
            {
                Add(line, weight);
            }
        }
    }

    /// <summary>Reads the list of a domain.</summary>
    /// <param name="domain">The assembly that embeds it.</param>
    public static SynonymExpander Of(Assembly domain)
    {
        using var stream = domain.GetManifestResourceStream("synonyms.txt") ?? throw new InvalidOperationException("synonyms.txt is not in the assembly.");
        using var reader = new StreamReader(stream);
        return new SynonymExpander(reader);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<QueryTerm>> ExpandAsync(string question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var words = WordForm.All(question);
        var said = new OrderedDictionary<string, QueryTerm>(StringComparer.Ordinal);
        for (var at = 0; at < words.Length; at++)
        {
            foreach (var wording in _wordings.GetValueOrDefault(words[at]) ?? [])
            {
                if (words.AsSpan(at).StartsWith(wording.Asked))
                {
                    foreach (var text in wording.Said)
                    {
                        said.TryAdd(text, new QueryTerm(text, wording.Weight));
                    }
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<QueryTerm>>([.. said.Values]);
    }

    private void Add(string line, double weight)
    {
        var (one, both) = (line.IndexOf(" > ", StringComparison.Ordinal), line.IndexOf(" = ", StringComparison.Ordinal));
        var middle = Math.Max(one, both);
        if (middle < 0)
        {
            return;
        }

        var (asked, said) = (Phrases(line[..middle]), Phrases(line[(middle + 3)..]));
        Add(asked, said, weight);
        if (both == middle)
        {
            Add(said, asked, weight);
        }
    }

    private void Add(string[] asked, string[] said, double weight)
    {
        foreach (var words in asked.Select(WordForm.All).Where(words => words.Length > 0))
        {
            _wordings.TryAdd(words[0], []);
            _wordings[words[0]].Add(new Wording(words, said, weight));
        }
    }

    private static string[] Phrases(string side) => side.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private sealed record Wording(string[] Asked, string[] Said, double Weight);
}
