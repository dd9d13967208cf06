using Tessera.Rag.Evaluation;

namespace Tessera.Host.Adapting;

/// <summary>Where adapting a domain's models stands, as an administrator sees it.</summary>
/// <param name="Offered">It can be started now.</param>
/// <param name="Reason">Why it cannot, and what is missing.</param>
/// <param name="Headings">Titles and headings that ask for one place, each once; of a large collection, of the part that is looked at.</param>
/// <param name="Needed">So many there must be.</param>
/// <param name="Rated">Answers that people found useful.</param>
/// <param name="Questions">The administrator's own questions.</param>
/// <param name="Last">The last run; null: there was none.</param>
/// <param name="InUse">The run whose models are used; null: the domain's own are.</param>
/// <param name="Switching">The index of the models that are to be used is still being built; until then those before answer.</param>
internal sealed record AdaptationView(
    string Domain, bool Offered, string? Reason, int Headings, int Needed, int Rated, int Questions, AdaptationRunView? Last, AdaptationRunView? InUse, bool Switching);

/// <summary>One run.</summary>
/// <param name="State">Running, Won, Lost, Failed or Cancelled.</param>
/// <param name="JobId">Its job while it runs: DELETE cancels it.</param>
/// <param name="Progress">Hundredths done, while it runs.</param>
/// <param name="Reason">Why it failed or is not used, and the way out.</param>
/// <param name="Learned">Headings that were learned from.</param>
/// <param name="Rated">Useful answers that were learned from.</param>
/// <param name="Check">Held-out headings; null before the check ended.</param>
/// <param name="QuestionCheck">The administrator's own questions; null where none was asked.</param>
public sealed record AdaptationRunView(
    Guid Id, string State, Guid? JobId, int? Progress, string? Reason, int Learned, int Rated, AdaptationCheckView? Check, AdaptationCheckView? QuestionCheck,
    DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt)
{
    internal static AdaptationRunView Of(Adaptation row, Jobs.Job? job)
    {
        var figures = row.ReadFigures();
        var running = row.State == AdaptationState.Running ? job : null;
        return new AdaptationRunView(
            row.Id, row.State.ToString(), running?.Id, running?.Done, row.Reason, row.Learned, row.Rated,
            AdaptationCheckView.Of(figures?.Headings), AdaptationCheckView.Of(figures?.Questions), row.CreatedAt, row.FinishedAt);
    }
}

/// <summary>nDCG@10 of the same questions with the models that were in use, and with the adapted ones.</summary>
/// <param name="Asked">How many were asked.</param>
/// <param name="Better">Of how many the adapted ones found better.</param>
/// <param name="Worse">Of how many worse.</param>
/// <param name="P">How likely so great a difference is by chance.</param>
public sealed record AdaptationCheckView(int Asked, double Before, double After, int Better, int Worse, double P)
{
    internal static AdaptationCheckView? Of(MeasureComparison? figure) => figure is null ? null : new(
        figure.Better + figure.Worse + figure.Equal, figure.Left, figure.Right, figure.Better, figure.Worse, figure.P);
}
