namespace Tessera.Modules.Wording;

/// <summary>Another name that a text gives a thing.</summary>
/// <param name="Asked">What a question may say.</param>
/// <param name="Said">What documents may say for it.</param>
internal sealed record Alias(string Asked, string Said);
