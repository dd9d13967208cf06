using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>How an answer was made, as callers see it.</summary>
/// <param name="Mode"><c>extractive</c> or <c>model</c>.</param>
/// <param name="Passages">How many were considered.</param>
/// <param name="Cut">How many of them did not fit.</param>
/// <param name="BytesSent">Bytes of the tenant's text that left this machine.</param>
internal sealed record ReceiptView(
    string Mode,
    string? Model,
    string? Adapter,
    int TokensIn,
    int TokensOut,
    double FirstTokenMs,
    double TotalMs,
    double? TokensPerSecond,
    int Passages,
    int Cut,
    long BytesSent)
{
    public const string Extractive = "extractive";
    public const string ByModel = "model";

    public static ReceiptView Of(Receipt receipt) => new(
        receipt.Mode == AnswerMode.Extractive ? Extractive : ByModel,
        receipt.Model,
        receipt.Adapter,
        receipt.TokensIn,
        receipt.TokensOut,
        receipt.FirstTokenMs,
        receipt.TotalMs,
        receipt.TokensPerSecond,
        receipt.Passages,
        receipt.Cut,
        receipt.BytesSent);
}
