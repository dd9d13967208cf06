namespace Tessera.Host.Startup;

/// <summary>The host does not start with these options; the message says what to change.</summary>
internal sealed class OptionsException(string message) : Exception(message);
