using MimeKit;

namespace Tessera.Reader.Formats;

/// <summary>E-mail: head lines, the text (or else the web page) of the message, attached texts and messages; other attachments by name.</summary>
internal sealed class MailFormat : IFormat
{
    /// <summary>Level of the outermost message's subject: it stands above all headings that a web page in it may have.</summary>
    private const int Outermost = -10;

    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        using var stream = file.Open();
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(new ParserOptions { MaxMimeDepth = 64 }, stream, persistent: true, cancellationToken);
        }
        catch (FormatException)
        {
            throw new UnreadableException("corrupt", "The file does not have the form of an e-mail message.");
        }

        using (message)
        {
            if (message.Headers.Count == 0)
            {
                throw new UnreadableException("corrupt", "The file does not begin with the head lines of an e-mail message.");
            }

            var outline = new Outline(output);
            Write(message, outline, Outermost, cancellationToken);
            outline.Flush();
        }
    }

    private static void Write(MimeMessage message, Outline outline, int level, CancellationToken cancellationToken)
    {
        outline.Heading(level, message.Subject ?? "");
        foreach (var (label, value) in new (string, object?)[]
        {
            ("From", message.From), ("To", message.To), ("Cc", message.Cc), ("Date", message.Headers[HeaderId.Date]),
        })
        {
            if (value?.ToString() is { Length: > 0 } text)
            {
                outline.Item(text, label + ":");
            }
        }

        if (message.Body is { } body)
        {
            Write(body, outline, level, cancellationToken);
        }
    }

    private static void Write(MimeEntity entity, Outline outline, int level, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (entity)
        {
            case MultipartAlternative alternative:
                Write(Best(alternative), outline, level, cancellationToken);
                break;
            case Multipart parts:
                // What has a heading of its own comes last: what follows would stand under it.
                foreach (var part in parts.OrderBy(x => x is MessagePart or TextPart { IsAttachment: true }))
                {
                    Write(part, outline, level, cancellationToken);
                }

                break;
            case MessagePart { Message: { } inner } when level < 0:
                Write(inner, outline, level + 1, cancellationToken);
                break;
            case TextPart text:
                WriteText(text, outline, level, cancellationToken);
                break;
            case MimePart { FileName: { Length: > 0 } name } attachment:
                RefuseLocked(attachment);
                outline.Item(name, "Attachment:");
                break;
            default:
                break;
        }
    }

    // A message is taken whole or not at all: what is locked away in it would be missed later, when nobody looks.
    private static void RefuseLocked(MimePart attachment)
    {
        Span<byte> head = stackalloc byte[8];
        using var content = attachment.Content?.Open() ?? Stream.Null;
        var isLocked = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && head.StartsWith("PK\x03\x04"u8) && (head[6] & 1) != 0;
        if (isLocked)
        {
            throw new UnreadableException("encrypted", "The message has an archive attached that is protected with a password. Take it out or unpack it, and upload the message again.");
        }
    }

    /// <summary>Plain text where it is offered, else the last alternative, which is the richest.</summary>
    private static MimeEntity Best(MultipartAlternative alternative) =>
        alternative.OfType<TextPart>().FirstOrDefault(x => x.IsPlain && !string.IsNullOrWhiteSpace(x.Text)) ?? alternative.LastOrDefault() ?? new TextPart();

    private static void WriteText(TextPart part, Outline outline, int level, CancellationToken cancellationToken)
    {
        if (part.IsAttachment)
        {
            outline.Heading(level + 1, part.FileName ?? "");
        }

        if (part.IsHtml)
        {
            new HtmlText(outline, cancellationToken).Read(part.Text);
            return;
        }

        foreach (var paragraph in part.Text.ReplaceLineEndings("\n").Split("\n\n"))
        {
            outline.Paragraph(paragraph);
        }
    }
}
