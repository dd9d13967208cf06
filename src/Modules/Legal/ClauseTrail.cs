using Tessera.Sdk;

namespace Tessera.Modules.Legal;

/// <summary>The clauses that are open at a place of the document, outermost first.</summary>
internal sealed class ClauseTrail
{
    // Below this the text itself says where it stands: "(a)" in a trail helps nobody.
    private const int DeepestNamed = 6;
    private readonly List<ClauseHeading> _open = [];

    public void Enter(ClauseHeading heading)
    {
        _open.RemoveAll(x => x.Level >= heading.Level);
        if (heading.Level <= DeepestNamed)
        {
            _open.Add(heading);
        }
    }

    /// <summary>The trail under the reader's own headings, without repeating one of them.</summary>
    public string Under(string path)
    {
        var names = path.Length == 0 ? [] : path.Split(Section.Separator).ToList();
        foreach (var heading in _open)
        {
            if (!names.Exists(x => Plain(x).Contains(Plain(heading.Name), StringComparison.OrdinalIgnoreCase)))
            {
                names.Add(heading.Name);
            }
        }

        return string.Join(Section.Separator, names);
    }

    // "5. Term" and "5 Term" are one heading.
    private static string Plain(string name) => name.Replace(". ", " ", StringComparison.Ordinal).TrimEnd('.', ':', ' ');
}
