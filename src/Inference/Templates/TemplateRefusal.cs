namespace Tessera.Inference.Templates;

/// <summary>A template refuses the messages that it is given, by its own <c>raise_exception</c>.</summary>
internal sealed class TemplateRefusal(string message) : Exception(message);
