namespace Tessera.Host.Documents;

/// <summary>The reply to an upload or a retry: which document to ask for, and how it stands.</summary>
internal sealed record DocumentTicket(Guid Id, string Status)
{
    public static DocumentTicket Of(DocumentView document) => new(document.Id, document.Status);
}
