/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The process that owns the servers of sample data: a second start of this program's own file.
 *
 * A program that is killed cannot clear up behind itself, so its servers are not its children. They
 * are the keeper's, which reads from a pipe that only its owner can write to. The end of the pipe
 * is the owner's farewell or its death: then the keeper ends every process below it and removes the
 * folder. Should the keeper itself be killed, the kernel ends both servers, and the next sample
 * removes the folder.
 *
 * It has one thread, no main loop and no window, and links nothing that the program does not. */

#include "sample/wd-sample-keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/wd-sample-place.h"
#include "sample/wd-sample-folder.h"
#include "sample/wd-sample-segment.h"
#include "sample/wd-sample-tree.h"

#define GRACE_MS 2500
#define WORDS_MOST 2000
/* Between two looks whether PostgreSQL has its shared memory, and how many there are. */
#define LOOK_MS 20
#define LOOKS_MOST 1000

enum { ARG_OPTION = 1, ARG_PARENT, ARG_INITDB, ARG_POSTGRES, ARG_REDIS, N_ARGS };

typedef struct {
  char **argv;      /* not owned */
  char *folder;     /* (owned) */
  int lock;
  int signals;      /* a descriptor */
  char *cluster;    /* (owned) */
  int looks;        /* left for the segment of whoever works on the cluster */
} Keeper;

typedef struct {
  const char *name; /* for people */
  const char *log;  /* file in the folder */
  pid_t pid;        /* 0 before it is started, and once it was waited for: others may get it then */
} Server;

static void
tell (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
tell (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vdprintf (STDOUT_FILENO, format, arguments);
  va_end (arguments);
}

/* In the child, between fork() and exec(). */
static void
become_server (Keeper *self, const Server *server, const char *const *argv, int death,
               pid_t parent)
{
  const char *libraries = g_getenv ("LD_LIBRARY_PATH");
  g_autofree char *library_path = g_strconcat ("LD_LIBRARY_PATH=", libraries, NULL);
  char *const environment[] = {
    (char *) "PATH=/usr/bin:/bin", (char *) "LC_ALL=C", (char *) "TZ=UTC",
    libraries != NULL ? library_path : NULL, NULL
  };
  g_autofree char *log = g_build_filename (self->folder, server->log, NULL);
  int none = open ("/dev/null", O_RDWR | O_CLOEXEC);
  int out = open (log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  sigset_t nothing;

  sigemptyset (&nothing);
  sigprocmask (SIG_SETMASK, &nothing, NULL);
  prctl (PR_SET_PDEATHSIG, death);
  if (getppid () != parent || none < 0 || out < 0 || dup2 (none, STDIN_FILENO) < 0
      || dup2 (out, STDOUT_FILENO) < 0 || dup2 (out, STDERR_FILENO) < 0)
    _exit (126);
  execve (argv[0], (char *const *) argv, environment);
  dprintf (STDERR_FILENO, "%s: %s\n", argv[0], g_strerror (errno));
  _exit (127);
}

static void
start (Keeper *self, Server *server, const char *const *argv, int death)
{
  pid_t parent = getpid ();

  server->pid = fork ();
  if (server->pid == 0)
    become_server (self, server, argv, death, parent);
}

/* What @server said last, which the folder takes with it. */
static void
tell_failed (Keeper *self, const Server *server, int status)
{
  g_autofree char *log = g_build_filename (self->folder, server->log, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  tell (WD_SAMPLE_SAYS_FAILED "%s %d\n", server->name,
        WIFEXITED (status) ? WEXITSTATUS (status) : -WTERMSIG (status));
  if (g_file_get_contents (log, &text, &length, NULL))
    tell ("%s", text + (length > WORDS_MOST ? length - WORDS_MOST : 0));
}

/* Returns: (nullable): the one whose process that was */
static Server *
find_server (Server *servers, gsize n_servers, pid_t pid)
{
  for (gsize i = 0; i < n_servers; i++)
    if (servers[i].pid == pid)
      return &servers[i];
  return NULL;
}

/* What initdb starts has one after another, the server has one. */
static void
look_for_segment (Keeper *self, gboolean is_last)
{
  if (self->looks > 0)
    self->looks = wd_sample_segment_mark (self->cluster) && is_last ? 0 : self->looks - 1;
}

/* Waits until @until ends well, or for ever. Returns FALSE when it is time to go: the owner is
 * gone, or one of the servers is, which is told. */
static gboolean
watch (Keeper *self, Server *servers, gsize n_servers, const Server *until)
{
  struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 }, { self->signals, POLLIN, 0 } };

  for (;;)
    {
      struct signalfd_siginfo info;
      char ignored[64];
      int status;
      pid_t ended;

      while ((ended = waitpid (-1, &status, WNOHANG)) > 0)
        {
          Server *server = find_server (servers, n_servers, ended);

          if (server == NULL)
            continue;
          server->pid = 0;
          if (server == until && status == 0)
            return TRUE;
          tell_failed (self, server, status);
          return FALSE;
        }
      look_for_segment (self, until == NULL);
      if (poll (fds, G_N_ELEMENTS (fds), self->looks > 0 ? LOOK_MS : -1) < 0 && errno != EINTR)
        return FALSE;
      if (fds[0].revents != 0 && read (STDIN_FILENO, ignored, sizeof ignored) <= 0)
        return FALSE;
      if (fds[1].revents != 0
          && (read (self->signals, &info, sizeof info) != sizeof info
              || info.ssi_signo != SIGCHLD))
        return FALSE;
    }
}

static void
start_redis (Keeper *self, Server *server)
{
  g_autofree char *socket = wd_sample_place_redis_socket (self->folder);
  const char *const argv[] = {
    self->argv[ARG_REDIS], "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700",
    "--dir", self->folder, "--save", "", "--appendonly", "no", "--daemonize", "no",
    "--maxmemory-policy", "noeviction", NULL
  };

  start (self, server, argv, SIGKILL);
}

/* Without a locale, of which any system has the same; the data are worth no wait for a disk. */
static void
start_initdb (Keeper *self, Server *server)
{
  const char *const argv[] = {
    self->argv[ARG_INITDB], "--pgdata", self->cluster, "--username", "sample", "--auth", "trust",
    "--encoding", "UTF8", "--no-locale", "--text-search-config", "simple", "--no-sync",
    "--wal-segsize", "4", NULL
  };

  self->looks = LOOKS_MOST;
  start (self, server, argv, SIGKILL);
}

static void
start_postgres (Keeper *self, Server *server)
{
  g_autofree char *sockets = g_strconcat ("unix_socket_directories=", self->folder, NULL);
  const char *const argv[] = {
    self->argv[ARG_POSTGRES], "-D", self->cluster, "-c", sockets, "-c", "listen_addresses=",
    "-c", "port=5432", "-c", "unix_socket_permissions=0700",
    "-c", "cluster_name=" WD_SAMPLE_CLUSTER, "-c", "fsync=off", "-c", "full_page_writes=off",
    "-c", "synchronous_commit=off", "-c", "shared_buffers=32MB", "-c", "max_connections=40",
    "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "min_wal_size=8MB",
    "-c", "max_wal_size=32MB", "-c", "dynamic_shared_memory_type=mmap", "-c", "huge_pages=off",
    "-c", "logging_collector=off", "-c", "log_destination=stderr", "-c", "timezone=UTC",
    "-c", "jit=off", "-c", "log_line_prefix=", "-c", "log_min_error_statement=panic", NULL
  };

  self->looks = LOOKS_MOST;
  start (self, server, argv, SIGQUIT);
}

/* At once: what they would save is about to be removed. */
static void
end_all (pid_t postgres)
{
  if (postgres > 0)
    kill (postgres, SIGQUIT);
  wd_sample_tree_signal (SIGCONT);
  if (wd_sample_tree_wait (postgres > 0 ? GRACE_MS : 0))
    return;
  wd_sample_tree_signal (SIGKILL);
  wd_sample_tree_wait (GRACE_MS);
}

static void
keep (Keeper *self)
{
  enum { REDIS, INITDB, POSTGRES, N_SERVERS };
  Server servers[N_SERVERS] = {
    [REDIS] = { "Redis", "redis.log", 0 },
    [INITDB] = { "initdb", "initdb.log", 0 },
    [POSTGRES] = { "PostgreSQL", "postgres.log", 0 },
  };

  tell (WD_SAMPLE_SAYS_FOLDER "%s\n" WD_SAMPLE_SAYS_CLUSTER "\n", self->folder);
  start_redis (self, &servers[REDIS]);
  start_initdb (self, &servers[INITDB]);
  if (watch (self, servers, N_SERVERS, &servers[INITDB]))
    {
      start_postgres (self, &servers[POSTGRES]);
      tell (WD_SAMPLE_SAYS_STARTED "\n");
      watch (self, servers, N_SERVERS, NULL);
    }
  if (servers[REDIS].pid > 0)
    kill (servers[REDIS].pid, SIGKILL);
  if (servers[INITDB].pid > 0)
    kill (servers[INITDB].pid, SIGKILL);
  end_all (servers[POSTGRES].pid);
}

/* None of these may end the keeper before it has cleared up. */
static int
hold_signals (void)
{
  sigset_t held;

  sigemptyset (&held);
  sigaddset (&held, SIGCHLD);
  sigaddset (&held, SIGINT);
  sigaddset (&held, SIGTERM);
  sigaddset (&held, SIGHUP);
  sigprocmask (SIG_BLOCK, &held, NULL);
  signal (SIGPIPE, SIG_IGN);
  return signalfd (-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
}

/**
 * wd_sample_keeper_is_asked:
 * @argc: of main()
 * @argv: of main()
 *
 * Returns: whether this start is not of the program itself, but of the keeper of its servers
 */
gboolean
wd_sample_keeper_is_asked (int argc, char **argv)
{
  return argc == N_ARGS && g_strcmp0 (argv[ARG_OPTION], WD_SAMPLE_KEEPER_OPTION) == 0;
}

/**
 * wd_sample_keeper_run:
 * @argc: of main()
 * @argv: of main(), for which wd_sample_keeper_is_asked(): where to make the folder, and three
 *   programs
 *
 * Keeps the servers until standard input ends; says how it goes on standard output.
 *
 * Returns: what main() returns
 */
int
wd_sample_keeper_run (int argc, char **argv)
{
  Keeper self = { .argv = argv };
  g_autoptr (GError) error = NULL;

  prctl (PR_SET_NAME, "wd-sample-keeper");
  wd_sample_tree_adopt ();
  setsid ();
  umask (077);
  if (chdir ("/") != 0)
    return 1;
  self.signals = hold_signals ();
  wd_sample_folder_remove_left (argv[ARG_PARENT]);
  self.folder = wd_sample_folder_make (argv[ARG_PARENT], &self.lock, &error);
  if (self.folder == NULL)
    {
      tell (WD_SAMPLE_SAYS_FAILED "mkdtemp 1\n%s", error->message);
      return 1;
    }
  self.cluster = g_build_filename (self.folder, "postgres", NULL);
  keep (&self);
  wd_sample_folder_remove (self.folder);
  g_free (self.cluster);
  g_free (self.folder);
  close (self.lock);
  return 0;
}
