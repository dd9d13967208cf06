using System.Buffers.Text;
using System.Text;
using Tessera.Host.Errors;

namespace Tessera.Host.Startup;

/// <summary>Which part of a list is wanted; bound by <c>[AsParameters]</c>.</summary>
/// <param name="Limit">1 to 200; default 50.</param>
/// <param name="Cursor">As the page before gave it.</param>
internal sealed record PageQuery(int? Limit = null, string? Cursor = null)
{
    private const int Default = 50;
    private const int Most = 200;

    /// <exception cref="ProblemException">The limit is out of bounds.</exception>
    public int Size => Limit switch
    {
        null => Default,
        >= 1 and <= Most => Limit.Value,
        _ => throw new ProblemException(ErrorCode.InvalidRequest, $"limit is 1 to {Most}."),
    };

    /// <summary>The key after which the page begins; null: at the start.</summary>
    /// <exception cref="ProblemException">The cursor is not one of ours.</exception>
    public string? After => string.IsNullOrEmpty(Cursor) ? null : Decode(Cursor);

    /// <summary><see cref="After"/> as an id.</summary>
    /// <exception cref="ProblemException">The cursor is not one of ours.</exception>
    public Guid? AfterId => After is not { } text ? null : Guid.TryParseExact(text, "N", out var id) ? id : throw Invalid();

    public static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static string Decode(string cursor)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw Invalid();
        }
    }

    private static ProblemException Invalid() => new(ErrorCode.InvalidRequest, "The cursor is not one that this list gave out.");
}
