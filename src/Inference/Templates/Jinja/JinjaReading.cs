namespace Tessera.Inference.Templates.Jinja;

/// <summary>Words of a template, one after the other, with a bound on how deep they are nested. For one parse.</summary>
internal sealed class JinjaReading(IReadOnlyList<JinjaToken> tokens)
{
    private int at;
    private int depth;

    public JinjaToken Next => tokens[at];

    public int Line => Next.Line;

    public JinjaToken Take() => tokens[at < tokens.Count - 1 ? at++ : at];

    public bool Is(JinjaTokenKind kind, string text) => Next.Kind == kind && Next.Text == text;

    public bool IsSign(string sign) => Is(JinjaTokenKind.Sign, sign);

    public bool IsName(string name) => Is(JinjaTokenKind.Name, name);

    /// <summary>The next but one is this word.</summary>
    public bool IsNameAfter(string name) => at + 1 < tokens.Count && tokens[at + 1] is { Kind: JinjaTokenKind.Name } next && next.Text == name;

    /// <summary>The next but one is this sign.</summary>
    public bool IsSignAfter(string sign) => at + 1 < tokens.Count && tokens[at + 1] is { Kind: JinjaTokenKind.Sign } next && next.Text == sign;

    public bool TrySign(string sign) => Try(IsSign(sign));

    public bool TryName(string name) => Try(IsName(name));

    public void Sign(string sign)
    {
        if (!TrySign(sign))
        {
            throw Bad($"'{sign}' is expected before '{Next.Text}'");
        }
    }

    public string Name() => Next.Kind == JinjaTokenKind.Name ? Take().Text : throw Bad($"a name is expected before '{Next.Text}'");

    public void Expect(JinjaTokenKind kind)
    {
        if (Take().Kind != kind)
        {
            throw Bad("a tag goes on where its end is expected");
        }
    }

    /// <summary>Reads something nested.</summary>
    public T Nested<T>(Func<T> read)
    {
        if (++depth > JinjaLimits.Depth)
        {
            throw JinjaLimits.Exceeded("it is nested too deep");
        }

        var result = read();
        depth--;
        return result;
    }

    public ModelException Bad(string problem) => new(ModelFault.BadTemplate, $"The model's chat template is not understood at line {Line}: {problem}.");

    private bool Try(bool isNext)
    {
        if (isNext)
        {
            Take();
        }

        return isNext;
    }
}
