using System.Diagnostics;
using Tessera.Modules.Legal;
using Tessera.Modules.Medical;

namespace Tessera.Unit.Modules.Wording;

public sealed class NamesInTextTests
{
    [Theory]
    [InlineData("Acute respiratory distress syndrome (ARDS) is", "ARDS", "Acute respiratory distress syndrome")]
    [InlineData("treated with non-steroidal anti-inflammatory drugs (NSAIDs).", "NSAIDs", "non-steroidal anti-inflammatory drugs")]
    [InlineData("in chronic obstructive pulmonary disease (COPD), smoking", "COPD", "chronic obstructive pulmonary disease")]
    [InlineData("We measured heart rate (HR) and more.", "HR", "heart rate")]
    public void Short_form_has_the_long_form_before_it(string text, string brief, string full)
    {
        var found = Abbreviation.In(text).ToList();
        Assert.Equal([(brief, full), (full, brief)], found.Select(x => (x.Asked, x.Said)));
    }

    [Theory]
    [InlineData("as shown (see Table 2) and (2019)")]
    [InlineData("of 40 patients (ARDS)")]
    [InlineData("This ends. Another begins (TEAB)")]
    [InlineData("acute (A) or (")]
    [InlineData("(ARDS")]
    [InlineData("(AB)")]
    public void What_only_stands_in_brackets_is_no_short_form(string text) => Assert.Empty(Abbreviation.In(text));

    [Theory]
    [InlineData("This Agreement is between Acme Tools Ltd, a company of Ohio (the \"Supplier\")", "Acme Tools Ltd", "Supplier")]
    [InlineData("made by and between Bright Lamps, Inc., a Delaware corporation (hereinafter referred to as “Licensor”)", "Bright Lamps", "Licensor")]
    [InlineData("and Bank of Springfield (\"Lender\")", "Bank of Springfield", null)]
    [InlineData("between North Sea Shipping GmbH (“NSS” or the “Carrier”)", "North Sea Shipping GmbH", "NSS")]
    public void Company_has_the_name_that_its_contract_gives_it(string text, string name, string? role) =>
        Assert.Equal(role is null ? [] : [(name, role)], PartyName.In(text).Select(x => (x.Asked, x.Said)));

    [Fact]
    public void Second_company_does_not_take_the_first_ones_name()
    {
        var text = "between Acme Tools Ltd (the “Supplier”) and a person of no form (the “Buyer”) and Dull Lamps LLC (the “Owner”).";
        Assert.Equal([("Acme Tools Ltd", "Supplier"), ("Dull Lamps LLC", "Owner")], PartyName.In(text).Select(x => (x.Asked, x.Said)));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a (AB) ")]
    [InlineData("(the \"")]
    [InlineData("between ")]
    public void Brackets_without_end_are_read_in_little_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        var started = Stopwatch.GetTimestamp();
        Assert.True(Abbreviation.In(text).Count() + PartyName.In(text).Count() >= 0);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
    }
}
