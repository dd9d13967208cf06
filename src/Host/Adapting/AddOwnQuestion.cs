using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Adapting;

/// <summary>Adds a question that adapted models must not find worse.</summary>
/// <param name="Start">Where the answer begins in the document's text; null: all of the document answers.</param>
/// <param name="End">Just behind its end.</param>
internal sealed record AddOwnQuestion(string Domain, string Question, Guid DocumentId, int? Start, int? End) : IRequest<Outcome<OwnQuestionView>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class AddOwnQuestionHandler(TenantDbContext rows, EnabledDomains domains, DocumentDoor documents, CurrentTenant tenant, TimeProvider time)
    : IRequestHandler<AddOwnQuestion, Outcome<OwnQuestionView>>
{
    public async ValueTask<Outcome<OwnQuestionView>> Handle(AddOwnQuestion request, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(tenant.Id, request.Domain, cancellationToken) is null)
        {
            return new Outcome<OwnQuestionView>.Refused(ErrorCode.UnknownDomain, Problems.UnknownDomainText);
        }

        var question = request.Question.Trim();
        if (question.Length is 0 or > OwnQuestion.Longest)
        {
            return new Outcome<OwnQuestionView>.Refused(ErrorCode.InvalidRequest, $"'question' has 1 to {OwnQuestion.Longest} characters.");
        }

        if (request.Start is null != request.End is null || request.Start < 0 || request.End <= request.Start)
        {
            return new Outcome<OwnQuestionView>.Refused(ErrorCode.InvalidRequest, "'start' and 'end' are offsets of the document's text, 'end' behind 'start'; leave both out where all of it answers.");
        }

        if (await documents.FindAsync(request.DocumentId, cancellationToken) is not { } document || document.Domain != request.Domain)
        {
            return Outcome<OwnQuestionView>.Refused.NotFound;
        }

        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        if (await rows.OwnQuestions.CountAsync(row => row.Domain == request.Domain, cancellationToken) >= OwnQuestion.Most)
        {
            return new Outcome<OwnQuestionView>.Refused(ErrorCode.Conflict, $"A domain has at most {OwnQuestion.Most} questions. Delete one first.");
        }

        var now = time.GetUtcNow();
        var row = new OwnQuestion
        {
            Id = Guid.CreateVersion7(now), TenantId = tenant.Id, Domain = request.Domain, Question = question, DocumentId = document.Id,
            Start = request.Start, End = request.End, CreatedAt = now,
        };
        rows.OwnQuestions.Add(row);
        await rows.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return OwnQuestionView.Of(row, document.Name);
    }
}
