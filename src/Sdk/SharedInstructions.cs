using Microsoft.Extensions.AI;

namespace Tessera.Sdk;

/// <summary>
/// Says that a prompt's first system message is the domain's fixed one, the same for every user: what the model read of it for one user of the
/// tenant may be reused for another. Everything else of a prompt is kept for its own user.
/// </summary>
public static class SharedInstructions
{
    /// <summary>The name under which <c>true</c> travels in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string Key = "tessera.sharedInstructions";
}
