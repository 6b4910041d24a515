using System.Runtime.InteropServices;
using CloudManager.Cli;

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    // The first signal ends the command in order, the second one at once.
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await App.RunAsync(args, Terminal.Surroundings(), stop.Token);
