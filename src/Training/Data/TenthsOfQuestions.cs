namespace Tessera.Training.Data;

/// <summary>Tells each tenth on the standard error: at once and in order, unlike <see cref="Progress{T}"/>, which leaves it to the thread pool.</summary>
internal sealed class TenthsOfQuestions : IProgress<double>
{
    private int _shown = -1;

    public void Report(double value)
    {
        if ((int)(value * 10) is var tenth && tenth != _shown)
        {
            _shown = tenth;
            Console.Error.WriteLine($"{tenth * 10} % of the held-back questions asked");
        }
    }
}
