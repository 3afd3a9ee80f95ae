/// The part of the worker that knows what a process may not do, for machines whose numbers of system calls it knows.
///
/// It stands by itself so that a test can hold the filter of every machine against the kernel's own numbers.
enum WorkerFilter {
  static let text = #"""
    # What a process may not do in these walls, by the names of system calls: no new processes and programs, no
    # network, no signals to others, no way around, nothing of the machine; and, where no file system of its own
    # stands, no writing of files.
    CALLS = {
        "x86_64": (0xC000003E, dict(
            fork=57, vfork=58, clone=56, clone3=435, execve=59, execveat=322, socket=41, connect=42, bind=49, listen=50,
            kill=62, tkill=200, tgkill=234, rt_sigqueueinfo=129, rt_tgsigqueueinfo=297, pidfd_open=434,
            pidfd_send_signal=424, pidfd_getfd=438, ptrace=101, process_vm_readv=310, process_vm_writev=311,
            process_madvise=440, io_uring_setup=425, bpf=321, perf_event_open=298, userfaultfd=323, mount=165,
            umount2=166, pivot_root=155, chroot=161, unshare=272, setns=308, fsopen=430, fsconfig=431, fsmount=432,
            fspick=433, open_tree=428, move_mount=429, mount_setattr=442, open_by_handle_at=304, init_module=175,
            finit_module=313, delete_module=176, kexec_load=246, kexec_file_load=320, reboot=169, swapon=167,
            swapoff=168, acct=163, quotactl=179, syslog=103, vhangup=153, iopl=172, ioperm=173, settimeofday=164,
            clock_settime=227, adjtimex=159, clock_adjtime=305, sethostname=170, setdomainname=171, keyctl=250,
            add_key=248, request_key=249, setrlimit=160, prlimit64=302, setpriority=141, sched_setaffinity=203,
            sched_setscheduler=144, sched_setparam=142, sched_setattr=314, ioprio_set=251, shmget=29, msgget=68,
            semget=64, mq_open=240, ioctl=16, open=2, openat=257, openat2=437, creat=85, unlink=87, unlinkat=263,
            rename=82, renameat=264, renameat2=316, mkdir=83, mkdirat=258, rmdir=84, link=86, linkat=265, symlink=88,
            symlinkat=266, mknod=133, mknodat=259, chmod=90, fchmod=91, fchmodat=268, fchmodat2=452, chown=92,
            fchown=93, lchown=94, fchownat=260, truncate=76, ftruncate=77, utime=132, utimes=235, futimesat=261,
            utimensat=280, setxattr=188, lsetxattr=189, fsetxattr=190, removexattr=197, lremovexattr=198,
            fremovexattr=199, setxattrat=463, removexattrat=466, file_setattr=469)),
        "aarch64": (0xC00000B7, dict(
            clone=220, clone3=435, execve=221, execveat=281, socket=198, connect=203, bind=200, listen=201, kill=129,
            tkill=130, tgkill=131, rt_sigqueueinfo=138, rt_tgsigqueueinfo=240, pidfd_open=434, pidfd_send_signal=424,
            pidfd_getfd=438, ptrace=117, process_vm_readv=270, process_vm_writev=271, process_madvise=440,
            io_uring_setup=425, bpf=280, perf_event_open=241, userfaultfd=282, mount=40, umount2=39, pivot_root=41,
            chroot=51, unshare=97, setns=268, fsopen=430, fsconfig=431, fsmount=432, fspick=433, open_tree=428,
            move_mount=429, mount_setattr=442, open_by_handle_at=265, init_module=105, finit_module=273,
            delete_module=106, kexec_load=104, kexec_file_load=294, reboot=142, swapon=224, swapoff=225, acct=89,
            quotactl=60, syslog=116, vhangup=58, settimeofday=170, clock_settime=112, adjtimex=171, clock_adjtime=266,
            sethostname=161, setdomainname=162, keyctl=219, add_key=217, request_key=218, setrlimit=164, prlimit64=261,
            setpriority=140, sched_setaffinity=122, sched_setscheduler=119, sched_setparam=118, sched_setattr=274,
            ioprio_set=30, shmget=194, msgget=186, semget=190, mq_open=180, ioctl=29, openat=56, openat2=437,
            unlinkat=35, renameat=38, renameat2=276, mkdirat=34, linkat=37, symlinkat=36, mknodat=33, fchmod=52,
            fchmodat=53, fchmodat2=452, fchown=55, fchownat=54, truncate=45, ftruncate=46, utimensat=88, setxattr=5,
            lsetxattr=6, fsetxattr=7, removexattr=14, lremovexattr=15, fremovexattr=16, setxattrat=463,
            removexattrat=466, file_setattr=469)),
    }
    WRITING = ("open openat creat unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat symlink "
               "symlinkat mknod mknodat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat truncate ftruncate "
               "utime utimes futimesat utimensat setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr "
               "setxattrat removexattrat file_setattr").split()
    OWN = ("kill", "tgkill", "rt_sigqueueinfo")
    # What is asked of descriptors: whether one is a terminal, how wide it is, how much waits, how it is inherited and
    # waited for. What else there is changes files, or types on the terminal that started us.
    ASKING = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)

    def filter_program(machine, walled, own):
        """What the kernel runs before each system call of a process; None for a machine whose numbers nobody knows."""
        import struct
        if machine not in CALLS:
            return None
        architecture, numbers = CALLS[machine]
        program = []
        def add(code, value=0, true=0, false=0):
            program.append(struct.pack("<HBBI", code, true, false, value))
        LOAD, EQUAL, ABOVE, ANY, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
        ALLOW, REFUSE, MISSING = 0x7FFF0000, 0x50000 | 1, 0x50000 | 38
        add(LOAD, 4)
        add(EQUAL, architecture, 1, 0)
        add(RETURN, REFUSE)
        add(LOAD, 0)
        # The numbers of another way to call, on the same machine.
        add(ABOVE, 0x40000000, 0, 1)
        add(RETURN, REFUSE)
        def argument(index):
            add(LOAD, 16 + 8 * index)
        for name, number in numbers.items():
            if name in WRITING and walled:
                continue
            if name in ("clone3", "openat2"):
                # The C library falls back to the older call, which can be looked into.
                add(EQUAL, number, 0, 1)
                add(RETURN, MISSING)
            elif name == "clone":
                add(EQUAL, number, 0, 4)
                argument(0)
                add(ANY, 0x10000, 0, 1)
                add(RETURN, ALLOW)
                add(RETURN, REFUSE)
            elif name in OWN:
                add(EQUAL, number, 0, 4)
                argument(0)
                add(EQUAL, own, 0, 1)
                add(RETURN, ALLOW)
                add(RETURN, REFUSE)
            elif name in ("open", "openat"):
                # Reading is allowed; writing, creating and emptying are not.
                add(EQUAL, number, 0, 4)
                argument(1 if name == "open" else 2)
                add(ANY, 0x1 | 0x2 | 0x40 | 0x200 | 0x400000, 0, 1)
                add(RETURN, REFUSE)
                add(RETURN, ALLOW)
            elif name == "ioctl":
                add(EQUAL, number, 0, 2 + 2 * len(ASKING))
                argument(1)
                for request in ASKING:
                    add(EQUAL, request, 0, 1)
                    add(RETURN, ALLOW)
                add(RETURN, REFUSE)
            else:
                add(EQUAL, number, 0, 1)
                add(RETURN, REFUSE)
        add(RETURN, ALLOW)
        return b"".join(program)

    """#
}
