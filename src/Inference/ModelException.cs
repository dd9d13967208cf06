namespace Tessera.Inference;

/// <summary>A model or a request to it cannot be served. The message names the thing and the way out, and holds no text of a prompt.</summary>
/// <param name="fault">What kind of failure.</param>
/// <param name="message">A sentence for a person.</param>
/// <param name="inner">What failed below.</param>
public sealed class ModelException(ModelFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure.</summary>
    public ModelFault Fault { get; } = fault;

    /// <summary>When to try again, where that helps.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Why a model or a request to it cannot be served.</summary>
public enum ModelFault
{
    /// <summary>The file is missing, broken, or of a kind that is not run.</summary>
    BadFile,

    /// <summary>The adapter was made for another base model.</summary>
    WrongAdapter,

    /// <summary>It does not fit into the memory that models may take.</summary>
    TooLarge,

    /// <summary>The native engine is not on this machine, or not the one this build knows.</summary>
    NoEngine,

    /// <summary>The chat template of the model uses something that is not understood.</summary>
    BadTemplate,

    /// <summary>The prompt and the shortest reply do not fit the context.</summary>
    PromptTooLong,

    /// <summary>The JSON schema or grammar cannot be met or is not understood.</summary>
    BadSchema,

    /// <summary>Too many requests wait already.</summary>
    Busy,

    /// <summary>A remote server failed, is not reachable, or did not answer in time.</summary>
    Remote,

    /// <summary>The engine failed while it worked on the request.</summary>
    Failed,
}
