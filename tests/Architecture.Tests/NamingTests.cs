using System.Reflection;
using System.Text.RegularExpressions;

namespace CloudManager.Architecture.Tests;

/// <summary>Names that say nothing, interfaces that do too much, and how asynchronous methods look.</summary>
public sealed partial class NamingTests
{
    private static readonly string[] TokensWithoutDefault =
    [
        "CloudManager.Adapters.Sdk",
        "CloudManager.Core",
        "CloudManager.Storage",
    ];

    [Fact]
    public void No_name_ends_in_a_word_that_says_nothing() => Rule.None(House.Types.Where(SaysNothing));

    [Fact]
    public void No_interface_has_more_than_five_members()
    {
        Assert.True(House.Types.Count(type => type.IsInterface) > 5);
        Rule.None(House.Types.Where(IsTooWide));
    }

    [Fact]
    public void An_asynchronous_method_says_so_in_its_name()
    {
        var methods = House.Types.SelectMany(House.Methods).Where(IsAsynchronous).ToList();

        Assert.NotEmpty(methods);
        Rule.None(methods.Where(IsMisnamed).Select(Describe));
    }

    [Fact]
    public void A_token_comes_last_and_is_never_left_out()
    {
        var methods = House.Types.SelectMany(House.Methods).Where(TakesToken).ToList();

        Assert.NotEmpty(methods);
        Rule.None(methods.Where(HasTokenAstray).Select(Describe));
        Rule.None(
            methods
                .Where(method => TokensWithoutDefault.Contains(method.DeclaringType!.Assembly.GetName().Name))
                .Where(HasTokenDefault)
                .Select(Describe)
        );
    }

    [Fact]
    public void The_rules_find_crafted_violations()
    {
        MethodInfo Method(string name) => typeof(Crafted.Asynchronous).GetMethod(name)!;

        Assert.True(SaysNothing(typeof(Crafted.ThingManager)));
        Assert.False(SaysNothing(typeof(Crafted.OpensFiles)));
        Assert.True(IsTooWide(typeof(Crafted.IWide)));
        Assert.True(IsAsynchronous(Method("Save")) && IsMisnamed(Method("Save")));
        Assert.False(IsMisnamed(Method("SaveAsync")));
        Assert.True(HasTokenAstray(Method("SaveAsync")));
        Assert.False(HasTokenAstray(Method("LoadAsync")));
        Assert.True(HasTokenDefault(Method("LoadAsync")));
        Assert.False(HasTokenDefault(Method("Save")));
    }

    [Theory]
    [InlineData("RequestManager", true)]
    [InlineData("DateHelper", true)]
    [InlineData("StringUtils", true)]
    [InlineData("OrderProcessor", true)]
    [InlineData("StoreBase`1", true)]
    [InlineData("BooksImpl", true)]
    [InlineData("BillV2", true)]
    [InlineData("Database", false)]
    [InlineData("WorkingDays", false)]
    public void The_rule_knows_the_words(string name, bool empty) => Assert.Equal(empty, EmptyWord().IsMatch(name));

    private static bool SaysNothing(Type type) => EmptyWord().IsMatch(type.Name);

    private static bool IsTooWide(Type type)
    {
        // The adapter's members are its optional services; a Refit interface lists the calls of one service.
        if (!type.IsInterface || type.Name == "ICloudAdapter" || type.GetMethods().Any(IsRefit))
        {
            return false;
        }

        return House.Methods(type).Count() + type.GetProperties().Length + type.GetEvents().Length > 5;
    }

    private static bool IsRefit(MethodInfo method) =>
        method.CustomAttributes.Any(attribute => attribute.AttributeType.Namespace == "Refit");

    private static bool IsAsynchronous(MethodInfo method)
    {
        var type = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType;
        return type == typeof(Task)
            || type == typeof(Task<>)
            || type == typeof(ValueTask)
            || type == typeof(ValueTask<>)
            || type == typeof(IAsyncEnumerable<>);
    }

    private static bool IsMisnamed(MethodInfo method) =>
        !method.Name.EndsWith("Async", StringComparison.Ordinal) && !IsGiven(method);

    private static bool TakesToken(MethodInfo method) =>
        method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken));

    private static bool HasTokenAstray(MethodInfo method) =>
        method.GetParameters()[..^1].Any(parameter => parameter.ParameterType == typeof(CancellationToken))
        && !IsGiven(method);

    private static bool HasTokenDefault(MethodInfo method) =>
        method.GetParameters()[^1] is { HasDefaultValue: true } && !IsGiven(method);

    /// <summary>Whether the shape is somebody else's: an override, an implementation, or a delegate's own method.</summary>
    private static bool IsGiven(MethodInfo method)
    {
        var type = method.DeclaringType!;
        if (typeof(Delegate).IsAssignableFrom(type) || !IsOurs(method.GetBaseDefinition().DeclaringType!))
        {
            return true;
        }

        return !type.IsInterface
            && type.GetInterfaces()
                .Where(face => !IsOurs(face))
                .SelectMany(face => type.GetInterfaceMap(face).TargetMethods)
                .Contains(method);
    }

    private static bool IsOurs(Type type) =>
        type.Assembly.GetName().Name!.StartsWith("CloudManager.", StringComparison.Ordinal);

    private static string Describe(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    [GeneratedRegex(
        "(Manager|Helpers?|Utils?|Utility|Utilities|Processor|Base|Impl|V[0-9]+)(`[0-9]+)?$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex EmptyWord();
}
