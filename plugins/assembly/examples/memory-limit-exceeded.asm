global _start

section .text
_start:
    mov rax, 12                 ; brk: where the heap ends
    xor rdi, rdi
    syscall
    mov rbx, rax
.more:
    lea rdi, [rbx + 4096]
    mov rax, 12
    syscall
    mov byte [rbx], 1
    add rbx, 4096
    jmp .more
