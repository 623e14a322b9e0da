global _start

section .data
text: db "all work and no play, all work and no play", 10
length: equ $ - text

section .text
_start:
    mov rax, 1
    mov rdi, 1
    lea rsi, [rel text]
    mov rdx, length
    syscall
    jmp _start
