namespace Tessera.Inference.Templates.Jinja;

/// <summary>A template cannot be read or run. The message names what in the template is wrong and holds no text of a prompt.</summary>
internal class JinjaException(string message) : Exception(message);

/// <summary>The template itself refused what it was given, by <c>raise_exception</c>.</summary>
internal sealed class RefusedException(string message) : JinjaException(message);

/// <summary>The template went over one of the bounds that every template has; another way to fill it in would not help.</summary>
internal sealed class BoundException(string message) : JinjaException(message);
