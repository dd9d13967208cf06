namespace Tessera.Reader.Formats;

/// <summary>The list of contents of an electronic book.</summary>
internal sealed class EpubPackage
{
    private readonly Dictionary<string, string> _pages = [];
    private readonly List<string> _order = [];

    /// <summary>References to the pages, in reading order, without the tables of contents.</summary>
    public IEnumerable<string> Spine => (_order.Count > 0 ? _order : [.. _pages.Keys]).Select(_pages.GetValueOrDefault).OfType<string>();

    public void Read(XmlWalk walk)
    {
        while (walk.Next())
        {
            if (!walk.IsStart)
            {
                continue;
            }

            var isPage = walk["media-type"] is "application/xhtml+xml" or "text/html";
            var isContents = (walk["properties"] ?? "").Split(' ').Contains("nav");
            if (walk.Name == "item" && isPage && !isContents)
            {
                _pages.TryAdd(walk["id"] ?? "", walk["href"] ?? "");
            }
            else if (walk.Name == "itemref")
            {
                _order.Add(walk["idref"] ?? "");
            }
        }
    }
}
