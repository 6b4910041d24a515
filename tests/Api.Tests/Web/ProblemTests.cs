using CloudManager.Api.Web;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Tests.Web;

public sealed class ProblemTests
{
    private static readonly Bilingual Text = ("不行", "no");

    public static TheoryData<Refusal, int> Statuses { get; } =
        new()
        {
            { new Malformed("a.b", Text), 400 },
            { new Unauthenticated("a.b", Text), 401 },
            { new Forbidden("a.b", Text), 403 },
            { new NotFound("a.b", Text), 404 },
            { new Conflict("a.b", Text), 409 },
            { new Stale("a.b", Text), 412 },
            { new Invalid("a.b", Text), 422 },
            { new Locked("a.b", Text), 423 },
        };

    [Theory]
    [MemberData(nameof(Statuses))]
    public void The_base_of_a_refusal_alone_decides_the_status(Refusal refusal, int status) =>
        Assert.Equal(status, Problem.StatusOf(refusal));

    [Fact]
    public void A_problem_carries_code_texts_fields_and_trace()
    {
        var refusal = new Invalid("input.invalid", Text)
        {
            Faults = [new("lines[0].quantity", "0", ("1 至 9", "1 to 9"), "line.tooFew")],
        };

        var problem = Problem.Of(refusal, "trace-1");

        Assert.Equal(
            ("input.invalid", "不行", "no", 422),
            (problem.Code, problem.Detail, problem.DetailEn, problem.Status)
        );
        Assert.Equal("trace-1", problem.TraceId);
        Assert.Equal(
            new ProblemField("lines[0].quantity", "0", "1 至 9", "1 to 9", "line.tooFew"),
            Assert.Single(problem.Errors)
        );
    }
}
