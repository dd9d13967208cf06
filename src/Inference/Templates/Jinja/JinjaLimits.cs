namespace Tessera.Inference.Templates.Jinja;

/// <summary>A template comes with a model file from anywhere: what it may take while it is read and while it runs. For one rendering.</summary>
internal sealed class JinjaLimits
{
    /// <summary>Characters of a template.</summary>
    public const int Source = 256 * 1024;

    /// <summary>Expressions and blocks within each other.</summary>
    public const int Depth = 64;

    private const long MostSteps = 5_000_000;
    private const long MostLetters = 32 * 1024 * 1024;

    private long steps;
    private long letters;

    public static ModelException Exceeded(string what) => new(ModelFault.BadTemplate, $"The model's chat template goes too far: {what}. Take another build of the model.");

    /// <summary>Counts a step of the template.</summary>
    public void Step()
    {
        if (++steps > MostSteps)
        {
            throw Exceeded("it does not come to an end");
        }
    }

    /// <summary>Counts characters that it makes.</summary>
    public void Make(long count)
    {
        letters += count;
        if (letters > MostLetters)
        {
            throw Exceeded("it makes more text than any prompt has");
        }
    }
}
