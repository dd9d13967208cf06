using Microsoft.Extensions.AI;

namespace Tessera.Sdk;

/// <summary>Stands on a text of a reply that the model gave as a quote and that is in none of the sources: never to be shown as a quote.</summary>
public sealed class UnfoundQuoteAnnotation : AIAnnotation;
