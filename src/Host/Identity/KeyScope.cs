using System.Collections.Frozen;

namespace Tessera.Host.Identity;

/// <summary>Scopes narrow a key below its user's rights; none: all of the user's rights.</summary>
internal static class KeyScope
{
    public const string ReadDocuments = "documents:read";
    public const string WriteDocuments = "documents:write";
    public const string Ask = "ask";
    public const string Models = "models";
    public const string Admin = "admin";

    public static readonly FrozenSet<string> All =
        FrozenSet.Create(StringComparer.Ordinal, ReadDocuments, WriteDocuments, Ask, Models, Admin);

    /// <summary>The scope that a right falls under.</summary>
    public static string Of(Right right) => right switch
    {
        Right.ReadDocuments => ReadDocuments,
        Right.WriteDocuments => WriteDocuments,
        Right.Ask => Ask,
        Right.UseModels => Models,
        _ => Admin,
    };
}
