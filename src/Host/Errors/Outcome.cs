namespace Tessera.Host.Errors;

/// <summary>What an order of an administrator ends with. Closed.</summary>
internal abstract record Outcome<T>
{
    private Outcome()
    {
    }

    public static implicit operator Outcome<T>(T value) => new Done(value);

    /// <summary>The reply over HTTP: a refusal as its problem.</summary>
    public IResult Reply(Func<T, IResult> done) => this switch
    {
        Done one => done(one.Value),
        Refused { Code: var code } when code == ErrorCode.NotFound => Problems.NotFound(),
        Refused refused => Problems.Of(refused.Code, refused.Detail),
        _ => throw new InvalidOperationException("An outcome is done or refused."),
    };

    internal sealed record Done(T Value) : Outcome<T>;

    /// <param name="Code">What is wrong.</param>
    /// <param name="Detail">What is wrong and the way out, as sentences.</param>
    internal sealed record Refused(ErrorCode Code, string Detail) : Outcome<T>
    {
        /// <summary>There is no such thing for this caller.</summary>
        public static Refused NotFound { get; } = new(ErrorCode.NotFound, Problems.NothingHere);
    }
}
