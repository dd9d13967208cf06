using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>
/// The tables that are open at a place of an HTML page. A table that holds headings or another table lays out the page: its
/// cells are running text.
/// </summary>
internal sealed class HtmlTables(Outline outline)
{
    private const int LongestCell = 4_000;

    private readonly Stack<Table> _tables = new();

    /// <summary>Whether text belongs to a cell of a table of data.</summary>
    public bool IsInCell => _tables.TryPeek(out var table) && table.Cell is not null;

    public void Start(bool isLayout)
    {
        BecomeLayout();
        _tables.Push(new Table { IsLayout = isLayout });
    }

    /// <summary>Takes the start or end of a table's part.</summary>
    public void Take(string name, bool isStart)
    {
        if (!_tables.TryPeek(out var table))
        {
            return;
        }

        table.EndCell();
        if (name == "table" && !isStart)
        {
            Write(_tables.Pop());
        }
        else if (name == "tr" && isStart && !table.IsLayout)
        {
            table.Rows.Add([]);
        }
        else if (name is "td" or "th" && isStart && !table.IsLayout)
        {
            table.Cell = new StringBuilder();
        }
    }

    /// <summary>Gives a paragraph to the open cell; false where it is running text.</summary>
    public bool TryTake(string text)
    {
        if (!_tables.TryPeek(out var table) || table.Cell is null)
        {
            return false;
        }

        table.Cell.Append(table.Cell.Length == 0 ? "" : " ").Append(text);
        if (table.Cell.Length > LongestCell)
        {
            BecomeLayout();
        }

        return true;
    }

    /// <summary>The innermost table is no table of data: what it held so far is written as text.</summary>
    public void BecomeLayout()
    {
        if (_tables.TryPeek(out var table) && !table.IsLayout)
        {
            table.EndCell();
            table.Rows.ForEach(row => row.ForEach(outline.Paragraph));
            table.Rows.Clear();
            table.IsLayout = true;
        }
    }

    /// <summary>Closes what the page left open.</summary>
    public void EndAll()
    {
        while (_tables.TryPop(out var table))
        {
            table.EndCell();
            Write(table);
        }
    }

    private void Write(Table table) => outline.Table(table.Rows);

    private sealed class Table
    {
        public bool IsLayout { get; set; }

        public List<List<string>> Rows { get; } = [];

        public StringBuilder? Cell { get; set; }

        public void EndCell()
        {
            if (Cell is null)
            {
                return;
            }

            if (Rows.Count == 0)
            {
                Rows.Add([]);
            }

            Rows[^1].Add(Cell.ToString());
            Cell = null;
        }
    }
}
