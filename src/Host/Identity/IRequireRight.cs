namespace Tessera.Host.Identity;

/// <summary>A message that only callers with a right may send, whichever door it comes through.</summary>
internal interface IRequireRight
{
    Right Right { get; }
}
