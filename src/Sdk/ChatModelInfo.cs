namespace Tessera.Sdk;

/// <summary>What stands behind a chat client. Asked with <c>GetService(typeof(ChatModelInfo))</c>; every chat client of the platform knows it.</summary>
/// <param name="Name">The model's name, as receipts show it.</param>
/// <param name="AdapterSha256">Lower-case hex of the LoRA adapter in use; null for the bare model.</param>
/// <param name="ContextTokens">Tokens that a prompt and its reply have together; null where a remote server does not say.</param>
/// <param name="InProcess">True: nothing leaves this machine.</param>
public sealed record ChatModelInfo(string Name, string? AdapterSha256, int? ContextTokens, bool InProcess);
