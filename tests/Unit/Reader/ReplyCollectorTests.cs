using System.Reflection;
using Tessera.Rag.Ingestion;
using Tessera.Reader.Formats;
using Tessera.Sdk;

namespace Tessera.Unit.Reader;

/// <summary>What a worker may make its parent keep.</summary>
public sealed class ReplyCollectorTests
{
    [Theory]
    [InlineData(400, 0, 0)]
    [InlineData(0, 400, 0)]
    [InlineData(0, 0, 400)]
    public void Sections_that_are_nearly_all_trail_or_tags_are_refused(int text, int path, int tag)
    {
        var collector = new ReplyCollector(new("/x", "x", "/nowhere", 1000, MaximumCharacters: 1000), () => { });
        object[] parts = ["x" + new string('x', text), new string('p', path), null!, new Dictionary<string, string> { ["a"] = new('t', tag) }];
        Assert.Null(Take(collector, parts));
        Assert.Null(Take(collector, parts));
        Assert.Throws<InvalidDataException>(() => Take(collector, parts));
    }

    [Fact]
    public void Trail_of_thousands_of_headings_keeps_its_inner_end()
    {
        var sections = new List<Section>();
        new SectionWriter(sections.Add, 1000).Write("text", Enumerable.Range(0, 5000).Select(i => $"Heading {i}"));
        var path = Assert.Single(sections).Path;
        Assert.InRange(path.Length, SectionWriter.LongestPath - 10, SectionWriter.LongestPath);
        Assert.EndsWith($"{Section.Separator}Heading 4999", path, StringComparison.Ordinal);
    }

    // The protocol's types are compiled into the worker and its parent: only by reflection can a test name one of the two.
    private static object? Take(ReplyCollector collector, object[] parts)
    {
        var take = typeof(ReplyCollector).GetMethod("Take")!;
        var found = take.GetParameters()[0].ParameterType.GetNestedType("Found", BindingFlags.Public)!;
        return take.Invoke(collector, BindingFlags.DoNotWrapExceptions, null, [Activator.CreateInstance(found, parts)], null);
    }
}
