using System.Text.Json.Serialization;

namespace Tessera.Reader.Protocol;

/// <summary>Worker to parent. Closed. The parent trusts none of it: a worker that a file has taken over may send anything.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Found), "section")]
[JsonDerivedType(typeof(Entry), "entry")]
[JsonDerivedType(typeof(Slow), "slow")]
[JsonDerivedType(typeof(End), "end")]
[JsonDerivedType(typeof(Failed), "failed")]
internal abstract record ReadReply
{
    /// <summary>A <see cref="Failed.Code"/> that is not the file's fault.</summary>
    public const string DiskFull = "disk-full";

    private ReadReply()
    {
    }

    /// <summary>Sent once, when the worker has started.</summary>
    public sealed record Ready : ReadReply;

    /// <summary>A section of the text, in order. Its start is counted by the parent.</summary>
    public sealed record Found(string Text, string Path, int? Page, IReadOnlyDictionary<string, string>? Tags) : ReadReply;

    /// <summary>An unpacked entry.</summary>
    /// <param name="Name">Its name in the archive.</param>
    /// <param name="File">Its plain file name in the entry folder.</param>
    public sealed record Entry(string Name, string File) : ReadReply;

    /// <summary>Work that takes long by its nature begins (the recognition of one page): the parent may grant more time.</summary>
    public sealed record Slow : ReadReply;

    /// <summary>The file was read to its end.</summary>
    public sealed record End(int? Pages, bool IsArchive) : ReadReply;

    /// <summary>The file cannot be read.</summary>
    public sealed record Failed(string Code, string Reason) : ReadReply;
}
